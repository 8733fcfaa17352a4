package io.waymark.engine.sandbox;

import java.util.Map;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.impl.el.ReadOnlyMapELResolver;
import org.camunda.bpm.engine.impl.el.VariableScopeElResolver;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;

/**
 * What an expression can reach while a journey runs: the steps, the instance's variables and the
 * calendar functions, and nothing of the application. A step's name always means the step, even
 * when a variable of that name exists; there is no way from a value to its class or methods.
 */
public class ClosedExpressions extends JuelExpressionManager {

  /** Opens exactly these steps to expressions, by name. */
  public ClosedExpressions(Map<Object, Object> steps) {
    super(steps);
  }

  @Override
  protected ELResolver createElResolver() {
    CompositeELResolver resolver = new CompositeELResolver();
    resolver.add(new ReadOnlyMapELResolver(beans));
    resolver.add(new VariableScopeElResolver());
    return resolver;
  }
}
