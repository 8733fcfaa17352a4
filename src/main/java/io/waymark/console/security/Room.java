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
  HOME("/", "layout-dashboard", Set.of(Role.values())),
  TASKS("/tasks", "clipboard-check", EnumSet.of(ADVISOR)),
  CUSTOMERS("/customers", "users", EnumSet.of(MARKETER, COMPLIANCE, ADVISOR, OPERATOR)),
  AUDIENCES("/audiences", "filter", EnumSet.of(MARKETER, COMPLIANCE, OPERATOR)),
  JOURNEYS("/journeys", "route", EnumSet.of(MARKETER, COMPLIANCE, OPERATOR)),
  TEMPLATES("/templates", "file-text", EnumSet.of(MARKETER, COMPLIANCE)),
  REVIEWS("/reviews", "file-certificate", EnumSet.of(MARKETER, COMPLIANCE)),
  POLICIES("/policies", "shield-check", EnumSet.of(MARKETER, COMPLIANCE)),
  TAGS("/tags", "tags", EnumSet.of(MARKETER, COMPLIANCE, OPERATOR)),
  EVENT_TYPES("/event-types", "bolt", EnumSet.of(MARKETER, OPERATOR)),
  IMPORTS("/imports", "database-import", EnumSet.of(OPERATOR)),
  DATA_QUALITY("/data-quality", "report-analytics", EnumSet.of(MARKETER, COMPLIANCE, OPERATOR)),
  SUITABILITY("/suitability", "list-check", EnumSet.of(MARKETER, COMPLIANCE)),
  RIGHTS("/rights", "id-badge-2", EnumSet.of(COMPLIANCE)),
  INVESTORS("/investors", "users", EnumSet.of(COMPLIANCE, OPERATOR)),
  IMPACT("/impact", "clipboard-check", EnumSet.of(MARKETER, COMPLIANCE)),
  ABUSE("/abuse", "ban", EnumSet.of(COMPLIANCE, OPERATOR)),
  RULES("/rules", "book", EnumSet.of(MARKETER, COMPLIANCE)),
  MESSAGES("/messages", "send", EnumSet.of(MARKETER, COMPLIANCE, OPERATOR)),
  CHANNELS("/channels", "plug-connected", EnumSet.of(OPERATOR, ADMINISTRATOR)),
  SUPPRESSIONS("/suppressions", "player-pause", EnumSet.of(COMPLIANCE)),
  RECALLS("/recalls", "ban", EnumSet.of(COMPLIANCE)),
  EVIDENCE("/evidence", "shield-check", EnumSet.of(COMPLIANCE)),
  REPORTS("/reports", "chart-pie", EnumSet.of(COMPLIANCE)),
  INCIDENTS("/incidents", "alert-triangle", EnumSet.of(OPERATOR)),
  STAFF("/staff", "id-badge-2", EnumSet.of(ADMINISTRATOR)),
  KEYS("/keys", "key", EnumSet.of(ADMINISTRATOR)),
  COCKPIT(
      "/camunda/app/cockpit/default/", "heart-rate-monitor", EnumSet.of(OPERATOR, ADMINISTRATOR)),
  TASKLIST("/camunda/app/tasklist/default/", "list-check", EnumSet.of(ADVISOR)),
  ENGINE_ADMIN("/camunda/app/admin/default/", "settings", EnumSet.of(ADMINISTRATOR));

  /** Roles that may use the engine's web applications at all; its authorizations decide within. */
  static final Set<Role> ENGINE_USERS = EnumSet.of(OPERATOR, ADMINISTRATOR, ADVISOR, COMPLIANCE);

  private final String path;
  private final String icon;
  private final Set<Role> roles;

  Room(String path, String icon, Set<Role> roles) {
    this.path = path;
    this.icon = icon;
    this.roles = Set.copyOf(roles);
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
    return path.startsWith("/camunda/");
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
