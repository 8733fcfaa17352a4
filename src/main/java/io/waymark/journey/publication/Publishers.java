package io.waymark.journey.publication;

import io.waymark.journey.JourneyRefusedException;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Who may run journeys: marketers and compliance officers; operators may stop them too. */
@Component
class Publishers {

  private static final Set<Role> RUN = EnumSet.of(Role.MARKETER, Role.COMPLIANCE);
  private static final Set<Role> STOP = EnumSet.of(Role.MARKETER, Role.COMPLIANCE, Role.OPERATOR);

  private final StaffDirectory staff;

  Publishers(StaffDirectory staff) {
    this.staff = staff;
  }

  void mayRun(String username) {
    require(username, RUN, "只有营销或合规人员可以发布和调整旅程。");
  }

  void mayStop(String username) {
    require(username, STOP, "只有营销、合规或运营人员可以停止旅程。");
  }

  private void require(String username, Set<Role> roles, String sentence) {
    staff
        .find(username)
        .filter(StaffMember::enabled)
        .filter(one -> roles.contains(one.role()))
        .orElseThrow(() -> new JourneyRefusedException("wrong_role", sentence));
  }
}
