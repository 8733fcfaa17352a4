package io.waymark.testing;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A person at a browser, for {@code @ExtendWith(Browser.Use.class)} tests that take a {@code
 * Browser} as a parameter. One Chromium serves the whole run; each test has its own cookies. A test
 * that fails leaves {@code target/screenshots/<test>.png}.
 *
 * <p>Nothing is downloaded: the Chromium of the machine is used ({@code /usr/bin/chromium}, or the
 * system property {@code waymark.chromium}).
 */
public final class Browser implements AutoCloseable {

  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--lang=zh-CN");

  private final BrowserContext context;
  private final Page page;
  private final String base;
  private final List<String> complaints = new ArrayList<>();

  private Browser(com.microsoft.playwright.Browser chromium, String base) {
    this.base = base;
    this.context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale("zh-CN")
                .setTimezoneId("Asia/Shanghai")
                .setViewportSize(1360, 900));
    this.page = context.newPage();
    page.setDefaultTimeout(15_000);
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
  }

  /** The page that is open, for everything this class has no word for. */
  public Page page() {
    return page;
  }

  /** Opens an address of the application, e.g. {@code /customers}. */
  public Page open(String path) {
    page.navigate(base + path);
    return page;
  }

  /** Signs in by the form and waits for the page behind it. */
  public Page signIn(String username, String password) {
    open("/login");
    page.fill("#username", username);
    page.fill("#password", password);
    page.click("button[type=submit]");
    page.waitForLoadState(LoadState.NETWORKIDLE);
    return page;
  }

  public void signOut() {
    context.clearCookies();
  }

  /** The width of a phone until the test ends. */
  public void phone() {
    page.setViewportSize(390, 844);
  }

  /** Writes the whole page to {@code target/screenshots/<name>.png}. */
  public void screenshot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "screenshots", name + ".png")));
  }

  /**
   * Writes what is in sight to {@code target/screenshots/<name>.png}, and to the folder that {@code
   * -Dwaymark.pictures} names: the pictures of the documentation are taken by {@code
   * -Dwaymark.pictures=docs/images}.
   */
  public void picture(String name) {
    byte[] picture =
        page.screenshot(
            new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
    String folder = System.getProperty("waymark.pictures");
    if (folder != null) {
      Pictures.write(picture, Path.of(folder, name + ".png"));
    }
  }

  /** Errors the page reported: failed scripts, refused content, missing files. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    context.close();
  }

  /** Opens a browser for each test that asks for one; needs {@link WaymarkTest}. */
  public static final class Use implements ParameterResolver, AfterEachCallback {

    private static final Namespace OURS = Namespace.create(Browser.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      return test.getStore(OURS).getOrComputeIfAbsent("browser", name -> open(test), Browser.class);
    }

    @Override
    public void afterEach(ExtensionContext test) {
      Browser browser = test.getStore(OURS).get("browser", Browser.class);
      if (browser == null) {
        return;
      }
      if (test.getExecutionException().isPresent()) {
        browser.screenshot(
            test.getRequiredTestClass().getSimpleName()
                + "-"
                + test.getRequiredTestMethod().getName());
      }
      browser.close();
    }

    private static Browser open(ExtensionContext test) {
      Chromium chromium =
          test.getRoot()
              .getStore(OURS)
              .getOrComputeIfAbsent("chromium", name -> new Chromium(), Chromium.class);
      return new Browser(chromium.browser, "http://localhost:" + port(test));
    }

    private static String port(ExtensionContext test) {
      return org.springframework.test.context.junit.jupiter.SpringExtension.getApplicationContext(
              test)
          .getEnvironment()
          .getRequiredProperty("local.server.port");
    }
  }

  /** The one Chromium of a run, closed with the last test. */
  private static final class Chromium implements ExtensionContext.Store.CloseableResource {

    private final Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final com.microsoft.playwright.Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(
                        Path.of(System.getProperty("waymark.chromium", "/usr/bin/chromium")))
                    .setArgs(ARGUMENTS));

    @Override
    public void close() {
      browser.close();
      playwright.close();
    }
  }
}
