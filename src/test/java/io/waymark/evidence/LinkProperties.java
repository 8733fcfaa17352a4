package io.waymark.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Any one bit of any stored value, changed, is found at its own link. */
class LinkProperties {

  private static final int LINKS = 12;

  private record Stored(long number, byte[] hash, Link link) {}

  @Property(tries = 2_000)
  void a_flipped_bit_is_located(@ForAll Random random) {
    List<Stored> chain = chain(random);
    int at = random.nextInt(LINKS);
    Stored good = chain.get(at);
    chain.set(at, flipped(good, random));

    String problem = firstProblem(chain);

    assertThat(problem)
        .contains(String.valueOf(good.number()))
        .satisfies(text -> assertThat(walkedBefore(chain)).isEqualTo(at));
  }

  @Property(tries = 100)
  void an_untouched_chain_is_whole(@ForAll Random random) {
    assertThat(firstProblem(chain(random))).isNull();
  }

  private static @Nullable String firstProblem(List<Stored> chain) {
    ChainWalk walk = new ChainWalk();
    for (Stored one : chain) {
      String problem = walk.step(one.number(), one.link().id(), one.hash(), one.link());
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static long walkedBefore(List<Stored> chain) {
    ChainWalk walk = new ChainWalk();
    for (Stored one : chain) {
      if (walk.step(one.number(), one.link().id(), one.hash(), one.link()) != null) {
        break;
      }
    }
    return walk.links();
  }

  private static List<Stored> chain(Random random) {
    List<Stored> chain = new ArrayList<>();
    byte[] previous = Link.GENESIS;
    for (int i = 1; i <= LINKS; i++) {
      Link link =
          new Link(
              1_000 + random.nextInt(1_000_000),
              Instant.EPOCH.plus(random.nextLong(1L << 50), ChronoUnit.MICROS),
              word(random),
              word(random),
              random.nextBoolean() ? null : random.nextLong(1L << 40),
              random.nextBoolean() ? null : word(random),
              word(random),
              "{\"code\":\"" + word(random) + "\"}");
      previous = link.hashAfter(previous);
      chain.add(new Stored(i, previous, link));
    }
    return chain;
  }

  private static Stored flipped(Stored one, Random random) {
    Link link = one.link();
    return switch (random.nextInt(10)) {
      case 0 -> new Stored(flip(one.number(), random), one.hash(), link);
      case 1 -> new Stored(one.number(), flip(one.hash(), random), link);
      case 2 ->
          with(
              one,
              link(
                  link,
                  flip(link.id(), random),
                  link.at(),
                  link.kind(),
                  link.subject(),
                  link.actor(),
                  link.facts()));
      case 3 ->
          with(
              one,
              link(
                  link,
                  link.id(),
                  link.at().plus(1L << random.nextInt(40), ChronoUnit.MICROS),
                  link.kind(),
                  link.subject(),
                  link.actor(),
                  link.facts()));
      case 4 ->
          with(
              one,
              link(
                  link,
                  link.id(),
                  link.at(),
                  flip(link.kind(), random),
                  link.subject(),
                  link.actor(),
                  link.facts()));
      case 5 ->
          with(
              one,
              link(
                  link,
                  link.id(),
                  link.at(),
                  link.kind(),
                  flip(link.subject(), random),
                  link.actor(),
                  link.facts()));
      case 6 ->
          with(
              one,
              link(
                  link,
                  link.id(),
                  link.at(),
                  link.kind(),
                  link.subject(),
                  flip(link.actor(), random),
                  link.facts()));
      case 7 ->
          with(
              one,
              link(
                  link,
                  link.id(),
                  link.at(),
                  link.kind(),
                  link.subject(),
                  link.actor(),
                  flip(link.facts(), random)));
      case 8 ->
          with(
              one,
              new Link(
                  link.id(),
                  link.at(),
                  link.kind(),
                  link.subject(),
                  link.customerId() == null
                      ? Long.valueOf(0)
                      : Long.valueOf(flip(link.customerId(), random)),
                  link.branch(),
                  link.actor(),
                  link.facts()));
      default ->
          with(
              one,
              new Link(
                  link.id(),
                  link.at(),
                  link.kind(),
                  link.subject(),
                  link.customerId(),
                  link.branch() == null ? "" : flip(link.branch(), random),
                  link.actor(),
                  link.facts()));
    };
  }

  private static Link link(
      Link of, long id, Instant at, String kind, String subject, String actor, String facts) {
    return new Link(id, at, kind, subject, of.customerId(), of.branch(), actor, facts);
  }

  private static Stored with(Stored one, Link link) {
    return new Stored(one.number(), one.hash(), link);
  }

  private static long flip(long value, Random random) {
    return value ^ (1L << random.nextInt(40));
  }

  private static byte[] flip(byte[] value, Random random) {
    byte[] other = value.clone();
    other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
    return other;
  }

  /** ASCII stays ASCII: a database refuses bytes that are no text at all. */
  private static String flip(String value, Random random) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(7));
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(1, 20); i > 0; i--) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.toString();
  }
}
