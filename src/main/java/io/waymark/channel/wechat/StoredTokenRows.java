package io.waymark.channel.wechat;

import io.waymark.platform.crypto.HouseVault;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code provider_token}; a token opens a vendor's whole account and is sealed. */
@Component
class StoredTokenRows implements TokenRows {

  private final JdbcClient jdbc;
  private final HouseVault vault;

  StoredTokenRows(JdbcClient jdbc, HouseVault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  @Override
  public Optional<Token> read(String provider) {
    return jdbc.sql(
            """
            select token_sealed, expires_at from provider_token
             where provider = ? and token_sealed is not null
            """)
        .param(provider)
        .query(
            (row, number) ->
                new Token(
                    vault.open(row.getBytes("token_sealed")),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant()))
        .optional();
  }

  @Override
  public boolean lease(String provider, Instant now, Instant until) {
    return jdbc.sql(
                """
                insert into provider_token (provider, lease_until) values (?, ?)
                on conflict (provider) do update set lease_until = excluded.lease_until
                 where provider_token.lease_until is null or provider_token.lease_until < ?
                """)
            .params(provider, at(until), at(now))
            .update()
        == 1;
  }

  @Override
  public void write(String provider, Token token, Instant now) {
    jdbc.sql(
            """
            update provider_token
               set token_sealed = ?, expires_at = ?, fetched_at = ?, lease_until = null
             where provider = ?
            """)
        .params(vault.seal(token.value()), at(token.expiresAt()), at(now), provider)
        .update();
  }

  private static OffsetDateTime at(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
