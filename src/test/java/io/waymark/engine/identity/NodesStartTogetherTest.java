package io.waymark.engine.identity;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.waymark.testing.WaymarkTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;

@WaymarkTest
class NodesStartTogetherTest {

  @Autowired EngineAuthorizations authorizations;
  @Autowired TasklistFilter filter;

  @RepeatedTest(5)
  void nodes_that_start_at_the_same_moment_all_come_up() {
    List<CompletableFuture<Void>> nodes =
        IntStream.range(0, 4).mapToObj(n -> CompletableFuture.runAsync(this::start)).toList();

    assertThatCode(() -> nodes.forEach(CompletableFuture::join)).doesNotThrowAnyException();
  }

  private void start() {
    authorizations.run(new DefaultApplicationArguments());
    filter.run(new DefaultApplicationArguments());
  }
}
