package io.waymark.channel.wechat;

import io.waymark.channel.ReceiptRefusedException;
import io.waymark.channel.ReceiptRefusedException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Reads the flat XML of callbacks; takes no document type, so nothing outside is ever read. */
final class WechatXml {

  private WechatXml() {}

  /**
   * Texts of the elements below the root, by name.
   *
   * @throws ReceiptRefusedException when it is no such XML
   */
  static Map<String, String> read(byte[] xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      Map<String, String> texts = new HashMap<>();
      Node child =
          builder.parse(new ByteArrayInputStream(xml)).getDocumentElement().getFirstChild();
      while (child != null) {
        if (child.getNodeType() == Node.ELEMENT_NODE) {
          texts.put(child.getNodeName(), child.getTextContent().strip());
        }
        child = child.getNextSibling();
      }
      return texts;
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new ReceiptRefusedException(Reason.MALFORMED, "回调内容不是合法的 XML");
    }
  }
}
