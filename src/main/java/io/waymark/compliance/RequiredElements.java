package io.waymark.compliance;

import io.waymark.content.TemplateMetadata;
import io.waymark.platform.Channel;
import java.util.List;
import org.springframework.stereotype.Component;

/** The statements that each class of product and each channel must carry. */
@Component
public class RequiredElements {

  /** What a rendered text (subject and body in one string) lacks; empty when it is whole. */
  public List<MissingElement> missing(TemplateMetadata metadata, String rendered, Channel channel) {
    throw new IllegalStateException("not yet built");
  }
}
