package io.waymark.content;

import java.util.TreeMap;
import java.util.TreeSet;

/** What an officer approves: the text together with everything it declares about itself. */
final class TemplateHash {

  private TemplateHash() {}

  static String of(TemplateMetadata metadata, String source) {
    return Sha256.of(
        metadata.code(),
        metadata.title(),
        metadata.channel().code(),
        metadata.purpose().code(),
        metadata.productClass(),
        new TreeSet<>(metadata.variables()).toString(),
        metadata.subject() == null ? "" : metadata.subject(),
        String.valueOf(metadata.requiresProduct()),
        new TreeMap<>(metadata.notApplicable()).toString(),
        variant(metadata),
        // Nothing for a text that declares nothing: what was approved before stays approved.
        metadata.personalUse().equals(PersonalUse.NONE)
            ? source
            : metadata.personalUse() + "\n" + source);
  }

  /** What came later joins an older field, so that hashes approved before it stay as they are. */
  private static String variant(TemplateMetadata metadata) {
    String variantOf = metadata.variantOf() == null ? "" : metadata.variantOf();
    return metadata.aiWritten() ? variantOf + "\u0000ai" : variantOf;
  }
}
