package io.waymark.console.security;

import io.waymark.platform.staff.ApiKey;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** A system that showed a valid key; its scopes are authorities {@code SCOPE_<scope>}. */
final class ApiKeyAuthentication extends AbstractAuthenticationToken {

  private final transient ApiKey key;

  ApiKeyAuthentication(ApiKey key) {
    super(
        AuthorityUtils.createAuthorityList(
            key.scopes().stream().map(scope -> "SCOPE_" + scope).toList()));
    this.key = key;
    super.setAuthenticated(true);
  }

  ApiKey key() {
    return key;
  }

  @Override
  public @Nullable Object getCredentials() {
    return null;
  }

  @Override
  public Object getPrincipal() {
    return "key:" + key.name();
  }
}
