package io.waymark.customer;

import io.waymark.platform.crypto.Sealable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer about to be written, personal data still clear. A name that did not change keeps its
 * sealed bytes: sealing anew would rewrite the row of every customer at every nightly import.
 *
 * @param before null for a new customer
 * @param clearNameBefore null for a new customer
 */
record CustomerDraft(
    long id, ImportRow row, @Nullable StoredCustomer before, @Nullable String clearNameBefore) {

  List<Sealable> toSeal() {
    List<Sealable> texts = new ArrayList<>();
    if (renamed()) {
      texts.add(new Sealable(id, row.record().name().strip()));
    }
    row.identities().forEach(identity -> texts.add(new Sealable(id, identity.value())));
    return texts;
  }

  /** Takes from {@code sealed} the bytes of {@link #toSeal()}, in its order. */
  CustomerWrite sealedWith(Iterator<byte[]> sealed) {
    byte[] name = before == null || renamed() ? sealed.next() : before.sealedName();
    Map<IdentityType, Integer> places = new EnumMap<>(IdentityType.class);
    List<SealedIdentity> identities = new ArrayList<>();
    for (Identity identity : row.identities()) {
      int place = places.merge(identity.type(), 1, Integer::sum);
      identities.add(new SealedIdentity(id, identity, sealed.next(), place));
    }
    boolean moved = before != null && !before.branch().equals(row.record().branch());
    return new CustomerWrite(id, row, name, identities, moved);
  }

  private boolean renamed() {
    return !row.record().name().strip().equals(clearNameBefore);
  }

  @Override
  public String toString() {
    return "CustomerDraft[" + id + "]";
  }
}
