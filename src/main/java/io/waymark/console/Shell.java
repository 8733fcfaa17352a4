package io.waymark.console;

import io.waymark.console.security.Room;
import io.waymark.platform.staff.StaffMember;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frame around a page: who is looking, and which rooms that person may enter.
 *
 * @param current the room the page belongs to, null when it belongs to none
 * @param branchTitle name of the person's branch, or the word for all branches
 */
public record Shell(
    StaffMember staff, List<Room> rooms, @Nullable Room current, String branchTitle) {

  /** Whether the side bar needs its part for the engine's own pages. */
  public boolean isHasOutside() {
    return rooms.stream().anyMatch(Room::outside);
  }
}
