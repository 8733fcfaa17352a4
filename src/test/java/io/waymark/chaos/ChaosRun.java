package io.waymark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.platform.database.CrashingPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Two nodes on one database, a crowd that storms them, providers that fail, and somebody who kills.
 * The same seed kills at the same moments and gives messages the same misfortunes as far as the
 * machine's own timing allows.
 */
final class ChaosRun implements AutoCloseable {

  private static final Duration DRAIN = Duration.ofMinutes(8);
  private static final Path RESULT = Path.of("target", "chaos", "result.txt");

  private final long seed;
  private final String provider;
  private final Random random;
  private final Path folder;
  private final List<Node> nodes;
  private final OutsideWorld world;
  private final Crowd crowd;
  private final CrashingPostgres postgres;
  private final long began = System.nanoTime();
  private int waves;
  private int nodesKilled;
  private int databasesCrashed;

  /**
   * @param provider of text messages
   * @param customers who enter the journey
   */
  ChaosRun(long seed, String provider, int customers) throws IOException {
    this(seed, provider, customers, 2);
  }

  /**
   * @param nodes one or more
   */
  ChaosRun(long seed, String provider, int customers, int nodes) throws IOException {
    this.seed = seed;
    this.provider = provider;
    this.random = new Random(seed);
    this.folder =
        Files.createDirectories(
                Path.of("target", "chaos", provider + "-" + Long.toString(System.nanoTime(), 36)))
            .toAbsolutePath();
    this.nodes =
        IntStream.rangeClosed(1, nodes).mapToObj(n -> new Node("node" + n, folder)).toList();
    this.world = new OutsideWorld(seed, provider, this::receiptsGoTo);
    this.crowd = new Crowd(customers, this::someNode);
    this.postgres = new CrashingPostgres(folder.resolve("data"));
    say("seed %d, provider %s, %d customers, %d nodes", seed, provider, customers, nodes);
  }

  private Optional<URI> receiptsGoTo() {
    List<Node> alive = nodes.stream().filter(Node::alive).toList();
    return alive.isEmpty()
        ? Optional.empty()
        : Optional.of(alive.get((int) (System.nanoTime() >>> 20) % alive.size()).address());
  }

  private Node someNode() {
    List<Node> alive = nodes.stream().filter(Node::alive).toList();
    return alive.isEmpty()
        ? nodes.get(0)
        : alive.get((int) (System.nanoTime() >>> 20) % alive.size());
  }

  /** All nodes open, everybody known, nobody under way. */
  ChaosRun begin() throws IOException, SQLException {
    Storm.write(folder);
    world.start();
    world.write(folder);
    nodes.get(0).start();
    Waiting.until("the first node", nodes.get(0)::up);
    nodes.stream().skip(1).forEach(Node::start);
    writeDownEveryUnknown();
    allowWithholding();
    crowd.arrive(nodes.get(0));
    nodes.forEach(node -> Waiting.until("every node", node::up));
    say("all nodes up");
    return this;
  }

  /** The application forgets that a fate was unknown once it knows better; the witness does not. */
  private void writeDownEveryUnknown() throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table chaos_unknown (message_id uuid not null);
          create function chaos_unknown() returns trigger language plpgsql as $$
          begin
            insert into chaos_unknown values (new.message_id);
            return new;
          end $$;
          create trigger chaos_unknown after update of state on outbox for each row
            when (new.state = 'unknown' and old.state <> 'unknown')
            execute function chaos_unknown();
          """);
    }
  }

  /**
   * The storm runs into the cap on purpose: every customer has mails withheld, and a version
   * published with the usual limits would be stopped by its watch before the storm is over.
   */
  private void allowWithholding() throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      int published =
          statement.executeUpdate(
              """
              update journey_rollout set most_withheld = null
               where journey_version_id in (
                 select id from journey_version where journey_key = 'chaos-storm' and status = 'live')
              """);
      assertThat(published).as("the storm is live; logs in %s", folder).isEqualTo(1);
    }
  }

  /** One part of the crowd enters; some of those before are nudged. */
  ChaosRun wave(int of) {
    int from = crowd.size() * waves / of;
    waves++;
    int to = crowd.size() * waves / of;
    crowd.does(Storm.ENTER, IntStream.range(from, to), random.nextBoolean());
    crowd.does(Storm.NUDGE, IntStream.range(0, from), random.nextBoolean());
    return this;
  }

  /** Kills so many nodes at once, at a random moment, and lets them start again. */
  ChaosRun kill(int howMany) {
    Waiting.pause(300 + random.nextInt(1_700));
    List<Node> killed = new ArrayList<>();
    int first = random.nextInt(nodes.size());
    for (int i = 0; i < howMany; i++) {
      Node node = nodes.get((first + i) % nodes.size());
      node.kill();
      killed.add(node);
    }
    nodesKilled += howMany;
    killed.forEach(Node::start);
    say("killed %d of %d", howMany, nodes.size());
    return this;
  }

  /** Waits until whoever was killed is open again. */
  ChaosRun recover() {
    nodes.forEach(node -> Waiting.until("a node to come back", node::up));
    say("all nodes up");
    return this;
  }

  /**
   * A new release: one node after the other is told to stop and started again, and the crowd goes
   * on meanwhile.
   */
  ChaosRun roll(int of) {
    for (Node node : nodes) {
      Waiting.pause(300 + random.nextInt(1_200));
      boolean byItself = node.stop();
      say("a node %s", byItself ? "stopped" : "did NOT stop by itself");
      assertThat(byItself).as("ends when told to; logs in %s", folder).isTrue();
      wave(of);
      node.start();
      Waiting.until("the node to come back", node::up);
    }
    return this;
  }

  /** The database goes away under both nodes and comes back. */
  ChaosRun crashDatabase() throws IOException {
    Waiting.pause(300 + random.nextInt(1_200));
    postgres.crash();
    databasesCrashed++;
    say("database crashed");
    return this;
  }

  /** Lets everything come to rest and reads what stands. */
  void settle() throws SQLException, IOException {
    crowd.does(Storm.NUDGE, IntStream.range(0, crowd.size()), true);
    crowd.does(Storm.FAREWELL, IntStream.range(0, crowd.size()).filter(Crowd::wavedOff), true);
    Audit audit = new Audit(postgres, crowd.size());
    boolean calm = Waiting.within(DRAIN, audit::atRest);
    say(calm ? "at rest" : "NOT at rest");
    Audit.Result result = audit.read(world.taken());
    String report =
        "seed %d, provider %s, %d customers, %d nodes killed, %d databases crashed, %d s%n%s%n"
            .formatted(
                seed,
                provider,
                crowd.size(),
                nodesKilled,
                databasesCrashed,
                (System.nanoTime() - began) / 1_000_000_000,
                result.table());
    System.out.println(report);
    Files.writeString(
        RESULT,
        report,
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    assertThat(result.problems())
        .as("seed %d, logs in %s%n%s%n%s", seed, folder, report, lastWords(result))
        .isEmpty();
  }

  /** What the nodes said last, where something is wrong. */
  private String lastWords(Audit.Result result) {
    return result.problems().isEmpty()
        ? ""
        : nodes.stream().map(Node::lastWords).collect(Collectors.joining(System.lineSeparator()));
  }

  private void say(String what, Object... values) {
    System.out.printf(
        "chaos %4d s  %s%n",
        (System.nanoTime() - began) / 1_000_000_000, String.format(what, values));
  }

  @Override
  public void close() {
    nodes.forEach(Node::stop);
    world.close();
  }
}
