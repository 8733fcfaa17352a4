package io.waymark.journey.gallery;

import io.waymark.customer.event.EventProperty;
import io.waymark.customer.event.EventType;
import io.waymark.customer.event.PropertyType;
import io.waymark.customer.tag.PrivacyClass;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagSource;
import io.waymark.customer.tag.TagType;
import io.waymark.platform.Purpose;
import io.waymark.segment.AudienceDraft;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file {@code <key>.yaml} beside a drawing on the shelf, as it is written. */
record GalleryNote(
    String stage,
    String summary,
    String enters,
    List<String> when,
    List<String> needs,
    List<String> expect,
    List<String> notFor,
    List<NotedAudience> audiences,
    List<NotedEvent> events,
    List<NotedTag> tags) {

  /** Department that answers for what a copy declares, until somebody else is named. */
  private static final String OWNER = "零售业务部";

  record NotedAudience(String code, String name, String purpose, String rule) {

    AudienceDraft draft() {
      return new AudienceDraft(code, name, rule.strip(), Purpose.of(purpose), null);
    }
  }

  record NotedEvent(
      String code, String name, String meaning, @Nullable List<NotedProperty> properties) {

    EventType type() {
      return new EventType(
          code,
          name,
          meaning,
          "",
          null,
          properties == null
              ? List.of()
              : properties.stream().map(NotedProperty::property).toList());
    }
  }

  record NotedProperty(String name, @Nullable List<String> allowed) {

    EventProperty property() {
      return new EventProperty(
          name, PropertyType.TEXT, false, allowed == null ? List.of() : allowed, false);
    }
  }

  record NotedTag(String code, String name, String meaning, String source, List<String> allowed) {

    TagDefinition definition() {
      return new TagDefinition(
          code,
          name,
          meaning,
          TagType.TEXT,
          TagSource.valueOf(source.toUpperCase(Locale.ROOT)),
          OWNER,
          null,
          PrivacyClass.PUBLIC,
          Set.of(),
          allowed,
          false,
          null);
    }
  }
}
