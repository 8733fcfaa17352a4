package io.waymark.console;

import io.waymark.console.security.Room;
import io.waymark.platform.staff.StaffMember;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The frame around a page: who is looking, and which rooms that person may enter.
 *
 * @param current the room the page belongs to, null when it belongs to none
 * @param branchTitle name of the person's branch, or the word for all branches
 * @param branchNames name by code, of all branches
 */
public record Shell(
    StaffMember staff,
    List<Room> rooms,
    @Nullable Room current,
    String branchTitle,
    Map<String, String> branchNames) {

  /** Name of a branch; its code when it has none. */
  public String branchName(String code) {
    return branchNames.getOrDefault(code, code);
  }

  /** The parts of the side bar that have a room for this person, in their order. */
  public List<Room.Group> groups() {
    return rooms.stream().map(Room::group).distinct().sorted().toList();
  }
}
