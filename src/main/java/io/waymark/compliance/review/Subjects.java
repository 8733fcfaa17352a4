package io.waymark.compliance.review;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Everything that can be reviewed, by kind. */
@Component
class Subjects {

  private final Map<SubjectKind, Reviewable> byKind = new EnumMap<>(SubjectKind.class);

  Subjects(List<Reviewable> reviewables) {
    for (Reviewable one : reviewables) {
      if (byKind.put(one.kind(), one) != null) {
        throw new IllegalStateException("two owners of " + one.kind());
      }
    }
  }

  Reviewable of(SubjectKind kind) {
    Reviewable found = byKind.get(kind);
    if (found == null) {
      throw new ReviewRefusedException("unknown_kind", "这类内容目前不能提交审核。");
    }
    return found;
  }
}
