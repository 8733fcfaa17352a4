package io.waymark.engine.identity;

import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.StaffDirectory;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.springframework.stereotype.Component;

/** Gives the engine Waymark's staff instead of its own user tables. */
@Component
public class StaffIdentityFactory implements SessionFactory {

  private final StaffDirectory staff;
  private final Branches branches;

  StaffIdentityFactory(StaffDirectory staff, Branches branches) {
    this.staff = staff;
    this.branches = branches;
  }

  @Override
  public Class<?> getSessionType() {
    return ReadOnlyIdentityProvider.class;
  }

  @Override
  public Session openSession() {
    return new StaffIdentity(staff, branches);
  }
}
