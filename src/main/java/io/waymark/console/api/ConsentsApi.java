package io.waymark.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waymark.console.security.Caller;
import io.waymark.customer.Consent;
import io.waymark.customer.ConsentMatrix;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.customer.CustomerProfile;
import io.waymark.customer.Customers;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What one customer agreed to and refused, every purpose on every channel. */
@RestController
@RequestMapping("/api/v1/customers")
@Tag(name = "customers")
class ConsentsApi {

  private final Customers customers;
  private final Consents consents;
  private final Clock clock;

  ConsentsApi(Customers customers, Consents consents, Clock clock) {
    this.customers = customers;
    this.consents = consents;
    this.clock = clock;
  }

  @Operation(
      summary = "客户的同意与拒绝",
      description = "每个用途在每个渠道上此刻的状态；unknown 为未表示，营销类用途一律视同拒绝。合并过的客户以最严的为准。")
  @GetMapping("/{ref}/consents")
  Matrix consents(
      @Parameter(description = "客户号，或 类型:值 形式的标识", example = "80010023") @PathVariable String ref,
      Caller caller) {
    CustomerProfile customer =
        customers
            .find(ref, caller.scope())
            .orElseThrow(
                () ->
                    new ApiProblem(
                        HttpStatus.NOT_FOUND,
                        "unknown_customer",
                        "找不到该客户，或不在此密钥的营业部范围内，请检查客户标识。",
                        Map.of("field", "ref")));
    ConsentMatrix matrix =
        consents.of(List.of(customer.id())).getOrDefault(customer.id(), ConsentMatrix.empty());
    Instant now = clock.instant();
    return new Matrix(
        customer.ref(),
        Stream.of(Purpose.values())
            .flatMap(
                purpose ->
                    Stream.of(Channel.values()).map(channel -> cell(matrix, purpose, channel, now)))
            .toList());
  }

  private static Cell cell(ConsentMatrix matrix, Purpose purpose, Channel channel, Instant now) {
    Consent word = matrix.cell(purpose, channel).orElse(null);
    return new Cell(
        purpose,
        channel,
        matrix.state(purpose, channel, now),
        word == null ? null : word.source(),
        word == null ? null : word.textVersion(),
        word == null ? null : word.at(),
        word == null ? null : word.expires());
  }

  /** The answer: whose words and one cell per purpose and channel. */
  @Schema(name = "ConsentMatrix")
  record Matrix(String customer, List<Cell> cells) {}

  /** One purpose on one channel. */
  @Schema(name = "ConsentCell")
  record Cell(
      Purpose purpose,
      Channel channel,
      @Schema(description = "granted 同意、refused 拒绝、unknown 未表示") ConsentState state,
      @Nullable String source,
      @Nullable String textVersion,
      @Nullable Instant at,
      @Nullable Instant expires) {}
}
