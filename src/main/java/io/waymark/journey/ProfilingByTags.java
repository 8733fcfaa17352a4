package io.waymark.journey;

import io.waymark.compliance.impact.AudienceProfiling;
import io.waymark.customer.tag.PrivacyClass;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.customer.tag.TagSource;
import io.waymark.segment.Audience;
import io.waymark.segment.Audiences;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Reads the words of a rule: whatever is the code of a score or of a sensitive tag counts, wherever
 * it stands. A word too many asks for an assessment nobody needed; one too few would let people be
 * profiled without.
 */
@Component
class ProfilingByTags implements AudienceProfiling {

  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_-]*");

  private final Audiences audiences;
  private final TagRegistry tags;

  ProfilingByTags(Audiences audiences, TagRegistry tags) {
    this.audiences = audiences;
    this.tags = tags;
  }

  @Override
  public Set<String> profile(String audience) {
    Map<String, Audience> known = new HashMap<>();
    audiences.all().forEach(one -> known.put(one.code(), one));
    Set<String> found = new TreeSet<>();
    collect(audience, known, new HashSet<>(), found);
    return found;
  }

  private void collect(
      String audience, Map<String, Audience> known, Set<String> seen, Set<String> found) {
    Audience one = known.get(audience);
    if (one == null || !seen.add(audience)) {
      return;
    }
    Matcher word = WORD.matcher(one.rule());
    while (word.find()) {
      if (tags.find(word.group()).filter(ProfilingByTags::profiles).isPresent()) {
        found.add(word.group());
      }
      if (known.containsKey(word.group())) {
        collect(word.group(), known, seen, found);
      }
    }
  }

  private static boolean profiles(TagDefinition tag) {
    return tag.source() == TagSource.SCORE || tag.privacy() != PrivacyClass.PUBLIC;
  }
}
