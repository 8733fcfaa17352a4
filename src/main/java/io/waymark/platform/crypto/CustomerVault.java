package io.waymark.platform.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Seals personal data with a key of its customer (AES-256-GCM, the key wrapped by the broker's
 * master key). Destroying one key erases the person wherever sealed data stands, backups included,
 * and leaves the proofs that name only the id (个人信息保护法 art. 47).
 */
@Component
public class CustomerVault {

  private final CustomerKeys keys;
  private final ApplicationEventPublisher events;

  CustomerVault(CustomerKeys keys, ApplicationEventPublisher events) {
    this.keys = keys;
    this.events = events;
  }

  /**
   * Seals one text, making the customer's key when there is none.
   *
   * @throws ErasedException when the key was destroyed
   */
  @Transactional
  public byte[] seal(long customerId, String clear) {
    return sealAll(List.of(new Sealable(customerId, clear))).get(0);
  }

  /**
   * Seals many texts in the order given; missing keys are made in one statement.
   *
   * @throws ErasedException when the key of one of them was destroyed
   */
  @Transactional
  public List<byte[]> sealAll(List<Sealable> texts) {
    Set<Long> customers = texts.stream().map(Sealable::customerId).collect(Collectors.toSet());
    Map<Long, SecretKey> found = keys.findOrMake(customers);
    return texts.stream().map(text -> seal(found, text)).toList();
  }

  /**
   * Reads one sealed text.
   *
   * @throws ErasedException when the key was destroyed
   * @throws IllegalStateException when the bytes were changed or belong to another customer
   */
  public String open(long customerId, byte[] sealed) {
    String clear = openAll(Map.of(customerId, sealed)).get(customerId);
    if (clear == null) {
      throw new ErasedException(customerId);
    }
    return clear;
  }

  /**
   * Reads one sealed text per customer, keys fetched in one statement. Erased customers are absent
   * from the answer, so that one of them does not spoil a list.
   *
   * @throws IllegalStateException when bytes were changed or belong to another customer
   */
  public Map<Long, String> openAll(Map<Long, byte[]> sealed) {
    Map<Long, SecretKey> found = keys(sealed.keySet());
    Map<Long, String> clear = new HashMap<>();
    found.forEach((id, key) -> clear.put(id, text(AesGcm.open(key, id, required(sealed, id)))));
    return clear;
  }

  /**
   * Reads several sealed texts per customer, keys fetched in one statement: customer to name to
   * bytes. Erased customers are absent from the answer.
   *
   * @throws IllegalStateException when bytes were changed or belong to another customer
   */
  public <N> Map<Long, Map<N, String>> openEach(Map<Long, Map<N, byte[]>> sealed) {
    Map<Long, SecretKey> found = keys(sealed.keySet());
    Map<Long, Map<N, String>> clear = new HashMap<>();
    found.forEach(
        (id, key) -> {
          Map<N, String> texts = new HashMap<>();
          required(sealed, id)
              .forEach((name, bytes) -> texts.put(name, text(AesGcm.open(key, id, bytes))));
          clear.put(id, texts);
        });
    return clear;
  }

  /**
   * Erases the person: no sealed text of this customer opens again, and none can be sealed. The act
   * is announced in its own transaction and so becomes evidence, once.
   *
   * @param branch the customer's branch
   * @param actor who decided it
   */
  @Transactional
  public void destroyKey(long customerId, String branch, String actor) {
    if (keys.destroy(customerId)) {
      events.publishEvent(new CustomerErased(customerId, branch, actor));
    }
  }

  private Map<Long, SecretKey> keys(Collection<Long> customers) {
    return customers.isEmpty() ? Map.of() : keys.find(customers);
  }

  private static byte[] seal(Map<Long, SecretKey> keys, Sealable text) {
    SecretKey key = required(keys, text.customerId());
    return AesGcm.seal(key, text.customerId(), text.clear().getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] clear) {
    return new String(clear, StandardCharsets.UTF_8);
  }

  private static <V> V required(Map<Long, V> map, long customerId) {
    V value = map.get(customerId);
    if (value == null) {
      throw new IllegalStateException("no entry for customer " + customerId);
    }
    return value;
  }
}
