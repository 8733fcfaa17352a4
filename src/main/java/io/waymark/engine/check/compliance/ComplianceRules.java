package io.waymark.engine.check.compliance;

import io.waymark.engine.check.rule.Rule;
import java.util.List;

/** Every rule of law and house about what a drawing puts before whom. */
public final class ComplianceRules {

  private ComplianceRules() {}

  /** In the order in which findings are told. */
  public static List<Rule> all() {
    return List.of(
        TemplateState.MISSING,
        TemplateState.NOT_APPROVED,
        TemplateState.EXPIRED,
        TemplateState.WITHDRAWN,
        TemplateState.RECALLED,
        new TemplateExpiring(),
        new PurposeDiffers(),
        new ProductUnchecked(),
        new NoProductUnjudged(),
        new ProductUnknown(),
        new ProductClosed(),
        new PoolEmpty(),
        new AudienceUnknown(),
        new Profiling(),
        new AudiencePurpose(),
        new EventUndeclared(),
        new TagUndeclared(),
        new TagPurpose());
  }
}
