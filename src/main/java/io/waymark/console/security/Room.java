package io.waymark.console.security;

import static io.waymark.platform.staff.Role.ADMINISTRATOR;
import static io.waymark.platform.staff.Role.ADVISOR;
import static io.waymark.platform.staff.Role.COMPLIANCE;
import static io.waymark.platform.staff.Role.MARKETER;
import static io.waymark.platform.staff.Role.OPERATOR;

import io.waymark.platform.staff.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A part of the console and the roles that may enter it: the one list that both the access rules
 * and the side bar read. Whatever is in no room is closed to everybody.
 */
public enum Room {
  HOME(Group.WORK, "/", "layout-dashboard", Set.of(Role.values())),
  TASKS(Group.WORK, "/tasks", "clipboard-check", EnumSet.of(ADVISOR)),
  TEAM(Group.WORK, "/team", "users", EnumSet.of(ADVISOR)),
  CUSTOMERS(Group.WORK, "/customers", "users", EnumSet.of(MARKETER, COMPLIANCE, ADVISOR, OPERATOR)),
  AUDIENCES(Group.JOURNEYS, "/audiences", "filter", EnumSet.of(MARKETER, COMPLIANCE, OPERATOR)),
  // Before the journeys, whose addresses begin alike: the first room that matches decides.
  DRAWINGS(Group.JOURNEYS, "/journeys/drawings", "pencil", EnumSet.of(MARKETER, COMPLIANCE)),
  JOURNEYS(Group.JOURNEYS, "/journeys", "route", EnumSet.of(MARKETER, COMPLIANCE, OPERATOR)),
  CAMPAIGNS(Group.JOURNEYS, "/campaigns", "flag", EnumSet.of(MARKETER, COMPLIANCE)),
  GALLERY(Group.JOURNEYS, "/gallery", "books", EnumSet.of(MARKETER, COMPLIANCE)),
  REHEARSALS(Group.JOURNEYS, "/rehearsals", "player-play", EnumSet.of(MARKETER, COMPLIANCE)),
  TEMPLATES(Group.JOURNEYS, "/templates", "file-text", EnumSet.of(MARKETER, COMPLIANCE)),
  MESSAGES(Group.CONTACT, "/messages", "send", EnumSet.of(MARKETER, COMPLIANCE, OPERATOR)),
  CHANNELS(Group.CONTACT, "/channels", "plug-connected", EnumSet.of(OPERATOR, ADMINISTRATOR)),
  SUPPRESSIONS(Group.CONTACT, "/suppressions", "player-pause", EnumSet.of(COMPLIANCE)),
  RECALLS(Group.CONTACT, "/recalls", "ban", EnumSet.of(COMPLIANCE)),
  REVIEWS(Group.COMPLIANCE, "/reviews", "file-certificate", EnumSet.of(MARKETER, COMPLIANCE)),
  POLICIES(Group.COMPLIANCE, "/policies", "shield-check", EnumSet.of(MARKETER, COMPLIANCE)),
  RULES(Group.COMPLIANCE, "/rules", "book", EnumSet.of(MARKETER, COMPLIANCE)),
  SUITABILITY(Group.COMPLIANCE, "/suitability", "list-check", EnumSet.of(MARKETER, COMPLIANCE)),
  INVESTORS(Group.COMPLIANCE, "/investors", "users", EnumSet.of(COMPLIANCE, OPERATOR)),
  RIGHTS(Group.COMPLIANCE, "/rights", "id-badge-2", EnumSet.of(COMPLIANCE)),
  IMPACT(Group.COMPLIANCE, "/impact", "clipboard-check", EnumSet.of(MARKETER, COMPLIANCE)),
  ABUSE(Group.COMPLIANCE, "/abuse", "ban", EnumSet.of(COMPLIANCE, OPERATOR)),
  EVIDENCE(Group.COMPLIANCE, "/evidence", "shield-check", EnumSet.of(COMPLIANCE)),
  REPORTS(Group.COMPLIANCE, "/reports", "chart-pie", EnumSet.of(COMPLIANCE)),
  MODELS(Group.DATA, "/models", "chart-pie", EnumSet.of(MARKETER, COMPLIANCE, OPERATOR)),
  TAGS(Group.DATA, "/tags", "tags", EnumSet.of(MARKETER, COMPLIANCE, OPERATOR)),
  EVENT_TYPES(Group.DATA, "/event-types", "bolt", EnumSet.of(MARKETER, OPERATOR)),
  IMPORTS(Group.DATA, "/imports", "database-import", EnumSet.of(OPERATOR)),
  DATA_QUALITY(
      Group.DATA, "/data-quality", "report-analytics", EnumSet.of(MARKETER, COMPLIANCE, OPERATOR)),
  ROUTING(
      Group.OPERATION,
      "/task-routing",
      "arrows-exchange",
      EnumSet.of(MARKETER, COMPLIANCE, ADVISOR, OPERATOR)),
  WATCH(Group.OPERATION, "/watch", "heartbeat", EnumSet.of(OPERATOR)),
  INCIDENTS(Group.OPERATION, "/incidents", "alert-triangle", EnumSet.of(OPERATOR)),
  STAFF(Group.OPERATION, "/staff", "id-badge-2", EnumSet.of(ADMINISTRATOR)),
  KEYS(Group.OPERATION, "/keys", "key", EnumSet.of(ADMINISTRATOR)),
  COCKPIT(
      Group.ENGINE,
      "/camunda/app/cockpit/default/",
      "heart-rate-monitor",
      EnumSet.of(OPERATOR, ADMINISTRATOR)),
  TASKLIST(Group.ENGINE, "/camunda/app/tasklist/default/", "list-check", EnumSet.of(ADVISOR)),
  ENGINE_ADMIN(Group.ENGINE, "/camunda/app/admin/default/", "settings", EnumSet.of(ADMINISTRATOR));

  /** Roles that may use the engine's web applications at all; its authorizations decide within. */
  static final Set<Role> ENGINE_USERS = EnumSet.of(OPERATOR, ADMINISTRATOR, ADVISOR, COMPLIANCE);

  /** The parts of the side bar, in its order. */
  public enum Group {
    WORK,
    JOURNEYS,
    CONTACT,
    COMPLIANCE,
    DATA,
    OPERATION,
    ENGINE;

    /** Key of its name in the message bundle. */
    public String key() {
      return "room.group." + name().toLowerCase(Locale.ROOT);
    }
  }

  private final Group group;
  private final String path;
  private final String icon;
  private final Set<Role> roles;

  Room(Group group, String path, String icon, Set<Role> roles) {
    this.group = group;
    this.path = path;
    this.icon = icon;
    this.roles = Set.copyOf(roles);
  }

  /** The part of the side bar it stands in. */
  public Group group() {
    return group;
  }

  /** Address of its first page. */
  public String path() {
    return path;
  }

  /** Name of its icon in the sprite. */
  public String icon() {
    return icon;
  }

  /** Roles that may enter. */
  public Set<Role> roles() {
    return roles;
  }

  /** Key of its name in the message bundle. */
  public String key() {
    return "room." + name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is a page of the engine rather than of the console. */
  public boolean outside() {
    return group == Group.ENGINE;
  }

  /** The rooms a role sees, in the order of the side bar. */
  public static List<Room> of(Role role) {
    return Stream.of(values()).filter(room -> room.roles.contains(role)).toList();
  }

  /** What the access rules match: the page itself and everything below it. */
  String[] patterns() {
    return this == HOME ? new String[] {"/"} : new String[] {path, path + "/**"};
  }
}
