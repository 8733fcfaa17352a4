package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.console.security.Room;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.StaffMember;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Puts the frame into the model of every page. */
@ControllerAdvice(annotations = ConsolePage.class)
class ShellAdvice {

  private final Branches branches;
  private final MessageSource messages;
  private final Moments moments;

  ShellAdvice(Branches branches, MessageSource messages, Moments moments) {
    this.branches = branches;
    this.messages = messages;
    this.moments = moments;
  }

  @ModelAttribute("shell")
  Shell shell(CurrentStaff staff, HttpServletRequest request) {
    StaffMember member = staff.member();
    Map<String, String> names =
        branches.all().stream().collect(Collectors.toMap(Branch::code, Branch::name));
    return new Shell(
        member,
        Room.of(member.role()),
        roomOf(request.getRequestURI().substring(request.getContextPath().length())),
        branchTitle(member, names),
        names);
  }

  /** The token every form carries; pages do not see the request's own attributes. */
  @ModelAttribute("_csrf")
  CsrfToken csrf(CsrfToken token) {
    return token;
  }

  @ModelAttribute("moments")
  Moments moments() {
    return moments;
  }

  private String branchTitle(StaffMember member, Map<String, String> names) {
    return member.allBranches()
        ? messages.getMessage("frame.everywhere", null, LocaleContextHolder.getLocale())
        : names.getOrDefault(member.branch(), member.branch());
  }

  private static @Nullable Room roomOf(String path) {
    return Stream.of(Room.values())
        .filter(room -> path.equals(room.path()) || path.startsWith(room.path() + "/"))
        .max(Comparator.comparingInt(room -> room.path().length()))
        .orElse(null);
  }
}
