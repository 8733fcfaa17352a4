package io.waymark.content;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.ParseException;
import freemarker.core.PlainTextOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateExceptionHandler;
import io.waymark.platform.Channel;
import java.io.IOException;
import java.io.StringReader;
import java.util.Locale;
import java.util.TimeZone;

/**
 * FreeMarker with every door shut: no loader, no classes, no API of objects, no formats chosen by
 * the template. A second wall behind {@link TemplateGrammar}.
 */
final class Sandbox {

  private static final Configuration HTML = configuration(true);
  private static final Configuration PLAIN = configuration(false);

  private Sandbox() {}

  /**
   * Parses a text for a channel; only an e-mail's body is HTML and escapes its values.
   *
   * @throws ParseException naming the line
   */
  static Template parse(String name, String source, Channel channel, boolean body)
      throws ParseException {
    Configuration configuration = channel == Channel.EMAIL && body ? HTML : PLAIN;
    try {
      return new Template(name, new StringReader(source), configuration);
    } catch (ParseException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory cannot fail to be read", e);
    }
  }

  private static Configuration configuration(boolean html) {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setTemplateLoader(null);
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    configuration.setAPIBuiltinEnabled(false);
    configuration.setObjectWrapper(new PlainValues());
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setWrapUncheckedExceptions(true);
    configuration.setLocalizedLookup(false);
    configuration.setRecognizeStandardFileExtensions(false);
    configuration.setTagSyntax(Configuration.ANGLE_BRACKET_TAG_SYNTAX);
    configuration.setInterpolationSyntax(Configuration.DOLLAR_INTERPOLATION_SYNTAX);
    configuration.setAutoEscapingPolicy(Configuration.ENABLE_IF_SUPPORTED_AUTO_ESCAPING_POLICY);
    configuration.setOutputFormat(
        html ? HTMLOutputFormat.INSTANCE : PlainTextOutputFormat.INSTANCE);
    configuration.setLocale(Locale.CHINA);
    configuration.setTimeZone(TimeZone.getTimeZone("Asia/Shanghai"));
    configuration.setNumberFormat("0.####");
    configuration.setBooleanFormat("c");
    return configuration;
  }
}
