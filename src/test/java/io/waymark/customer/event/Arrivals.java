package io.waymark.customer.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Hears what consumers of events would hear. */
@Component
class Arrivals {

  private final List<Integer> counts = Collections.synchronizedList(new ArrayList<>());

  @EventListener
  void arrived(EventsArrived event) {
    counts.add(event.count());
  }

  List<Integer> counts() {
    return List.copyOf(counts);
  }

  void clear() {
    counts.clear();
  }
}
