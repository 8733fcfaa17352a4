package io.waymark.customer.tag;

import java.util.Optional;

/** Reads the rules of computed tags; implemented by the package that knows the rule language. */
public interface TagRuleCheck {

  /** What stands against the rule of this definition, as a Chinese sentence. */
  Optional<String> problem(TagDefinition definition);
}
