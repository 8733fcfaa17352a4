package io.waymark.engine.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads XML of strangers: no document type, no entity, nothing fetched from anywhere. */
public final class SafeXml {

  // Whoever walks a tree by recursion, the engine too, runs out of stack in one that is too deep.
  private static final int DEEPEST = 60;

  private static final String DEPTH_LIMIT =
      "http://www.oracle.com/xml/jaxp/properties/maxElementDepth";

  private SafeXml() {}

  /**
   * Parses the bytes.
   *
   * @throws SAXException when they are no well-formed XML, are nested without end or declare a
   *     document type
   */
  public static Document parse(byte[] bytes) throws SAXException {
    try {
      DocumentBuilder builder = factory().newDocumentBuilder();
      builder.setErrorHandler(new Silent());
      return builder.parse(new ByteArrayInputStream(bytes));
    } catch (IOException undecodable) {
      // Bytes that are not in the encoding the file claims.
      throw new SAXException(undecodable.getMessage(), undecodable);
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Why bytes are refused, for people. */
  static String reason(SAXException malformed) {
    String message = String.valueOf(malformed.getMessage());
    if (message.contains("DOCTYPE")) {
      return "文件带有 DOCTYPE：实体可以读出服务器上的文件或把内存撑满，不允许使用。";
    }
    if (message.contains("JAXP0001")) {
      return "文件嵌套过深或过于庞大，超过 " + DEEPEST + " 层或解析上限。";
    }
    return malformed instanceof SAXParseException place && place.getLineNumber() > 0
        ? "不是可接受的 XML：第 %d 行第 %d 列附近写法不对。".formatted(place.getLineNumber(), place.getColumnNumber())
        : "不是可接受的 XML：内容与它声明的编码不符。";
  }

  private static DocumentBuilderFactory factory() throws ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    factory.setExpandEntityReferences(false);
    factory.setXIncludeAware(false);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
    factory.setAttribute(DEPTH_LIMIT, DEEPEST);
    return factory;
  }

  /** Keeps the parser from printing what it also throws. */
  private static final class Silent implements ErrorHandler {

    @Override
    public void warning(SAXParseException exception) {
      // A warning is no reason to refuse.
    }

    @Override
    public void error(SAXParseException exception) throws SAXException {
      throw exception;
    }

    @Override
    public void fatalError(SAXParseException exception) throws SAXException {
      throw exception;
    }
  }
}
