package io.waymark.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Somebody at the engine's doors, with HTTP Basic or with nothing; follows no redirect. */
final class Caller {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final String base;
  private final @Nullable String basic;
  private final Map<String, String> headers = new LinkedHashMap<>();

  private Caller(int port, @Nullable String basic) {
    this.base = "http://localhost:" + port;
    this.basic = basic;
  }

  static Caller stranger(int port) {
    return new Caller(port, null);
  }

  static Caller basic(int port, String username, String password) {
    String credentials = username + ":" + password;
    return new Caller(
        port,
        "Basic "
            + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
  }

  HttpResponse<String> get(String path) {
    return send("GET", path, "application/json", BodyPublishers.noBody());
  }

  HttpResponse<String> json(String method, String path, String body) {
    return send(method, path, "application/json", BodyPublishers.ofString(body));
  }

  HttpResponse<String> post(String path, String body) {
    return json("POST", path, body);
  }

  HttpResponse<String> form(String path, String body) {
    return send("POST", path, "application/x-www-form-urlencoded", BodyPublishers.ofString(body));
  }

  HttpResponse<String> deploy(String name, Map<String, byte[]> files) {
    String boundary = "--------waymark";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    part(body, boundary, "name=\"deployment-name\"", name.getBytes(StandardCharsets.UTF_8));
    files.forEach(
        (file, bytes) ->
            part(body, boundary, "name=\"%s\"; filename=\"%s\"".formatted(file, file), bytes));
    body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return send(
        "POST",
        "/engine-rest/deployment/create",
        "multipart/form-data; boundary=" + boundary,
        BodyPublishers.ofByteArray(body.toByteArray()));
  }

  private static void part(
      ByteArrayOutputStream body, String boundary, String disposition, byte[] content) {
    body.writeBytes(
        ("--" + boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
  }

  static JsonNode read(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException noJson) {
      throw new AssertionError(answer.statusCode() + " " + answer.body(), noJson);
    }
  }

  private HttpResponse<String> send(String method, String path, String type, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .method(method, body)
            .header("Content-Type", type);
    if (basic != null) {
      request.header("Authorization", basic);
    }
    headers.forEach(request::header);
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(path + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Signs in at the console, so that the session's cookie opens the engine's applications. */
  Caller signIn(String username, String password) {
    String page = get("/login").body();
    String token = page.replaceAll("(?s).*name=\"csrf-token\" content=\"([^\"]+)\".*", "$1");
    HttpResponse<String> answer =
        form(
            "/login",
            "username=%s&password=%s&_csrf=%s"
                .formatted(
                    username, password, java.net.URLEncoder.encode(token, StandardCharsets.UTF_8)));
    if (answer.headers().firstValue("Location").orElse("login").contains("login")) {
      throw new AssertionError("not signed in: " + answer.headers().map());
    }
    return this;
  }

  /** The engine's applications want their own token back with whatever changes something. */
  Caller withTokenOf(String page) {
    get(page)
        .headers()
        .firstValue("X-XSRF-TOKEN")
        .ifPresent(token -> headers.put("X-XSRF-TOKEN", token));
    return this;
  }
}
