package io.waymark.console.security;

import io.waymark.platform.staff.ApiKeys;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The doors of the application, first match wins: what needs no sign-in, the public API, the
 * engine's web applications, the engine's REST interface, and the console. Each denies by default.
 */
@Configuration
class ConsoleSecurity {

  // Inline styles stay allowed because the BPMN canvas writes them; inline scripts never are.
  private static final String CONTENT_POLICY =
      "default-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self'"
          + " 'unsafe-inline'; object-src 'none'; base-uri 'self'; form-action 'self';"
          + " frame-ancestors 'none'";

  private static final RequestMatcher SHOWS_API_KEY =
      request -> request.getHeader(ApiKeyFilter.HEADER) != null;

  private static final RequestMatcher SHOWS_BASIC =
      request -> startsWithBasic(request.getHeader(HttpHeaders.AUTHORIZATION));

  private final StaffDirectory directory;
  private final Refusals refusals;

  ConsoleSecurity(StaffDirectory directory, Refusals refusals) {
    this.directory = directory;
    this.refusals = refusals;
  }

  /**
   * Assets, the health check, and receipts, whose signature is verified where they are taken in.
   */
  @Bean
  @Order(1)
  SecurityFilterChain openDoors(HttpSecurity http) throws Exception {
    return http.securityMatcher(
            "/assets/**",
            "/favicon.ico",
            "/actuator/health",
            "/actuator/health/**",
            "/hooks/**",
            "/l/*",
            "/o/*",
            "/s/*",
            "/u/*")
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(HttpMethod.GET, "/assets/**", "/favicon.ico", "/actuator/**")
                    .permitAll()
                    .requestMatchers(HttpMethod.POST, "/hooks/receipts/*", "/hooks/callbacks/*/*")
                    .permitAll()
                    .requestMatchers(
                        HttpMethod.GET, "/hooks/callbacks/*/*", "/l/*", "/o/*", "/s/*", "/u/*")
                    .permitAll()
                    .requestMatchers(HttpMethod.HEAD, "/l/*", "/o/*", "/s/*", "/u/*")
                    .permitAll()
                    .requestMatchers(HttpMethod.POST, "/s/*", "/u/*")
                    .permitAll()
                    .anyRequest()
                    .denyAll())
        .csrf(csrf -> csrf.disable())
        .requestCache(cache -> cache.disable())
        .headers(headers -> headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable))
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .exceptionHandling(
            handling ->
                handling
                    .authenticationEntryPoint(refusals.notSignedIn())
                    .accessDeniedHandler(refusals.forbidden()))
        .build();
  }

  /** Numbers for Prometheus: a key that may read nothing else, or an operator's session. */
  @Bean
  @Order(2)
  SecurityFilterChain metrics(HttpSecurity http, ApiKeys keys) throws Exception {
    String[] readers =
        authorities("SCOPE_metrics", Stream.of(Role.OPERATOR, Role.ADMINISTRATOR).toList());
    return http.securityMatcher("/actuator/prometheus")
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(HttpMethod.GET, "/actuator/prometheus")
                    .hasAnyAuthority(readers)
                    .anyRequest()
                    .denyAll())
        .requestCache(cache -> cache.disable())
        .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .addFilterAfter(new StaffStillHereFilter(directory), SecurityContextHolderFilter.class)
        .addFilterAfter(new ApiKeyFilter(keys, refusals.notSignedIn()), StaffStillHereFilter.class)
        .exceptionHandling(
            handling ->
                handling
                    .authenticationEntryPoint(refusals.notSignedIn())
                    .accessDeniedHandler(refusals.forbidden()))
        .build();
  }

  /** The public API: a key or a session; only a session needs the CSRF token. */
  @Bean
  @Order(2)
  SecurityFilterChain publicApi(HttpSecurity http, ApiKeys keys) throws Exception {
    String[] readers = authorities("SCOPE_read", Room.CUSTOMERS.roles());
    String[] feeders = authorities("SCOPE_ingest", Stream.of(Role.OPERATOR).toList());
    String[] rights = authorities("SCOPE_rights", Room.RIGHTS.roles());
    return http.securityMatcher("/api/**", "/v3/api-docs", "/v3/api-docs/**", "/v3/api-docs.yaml")
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/v3/api-docs", "/v3/api-docs/**", "/v3/api-docs.yaml")
                    .authenticated()
                    .requestMatchers("/api/v1/rights/**")
                    .hasAnyAuthority(rights)
                    .requestMatchers(HttpMethod.GET, "/api/v1/**")
                    .hasAnyAuthority(readers)
                    .requestMatchers(HttpMethod.POST, "/api/v1/**")
                    .hasAnyAuthority(feeders)
                    .anyRequest()
                    .denyAll())
        .csrf(csrf -> csrf.ignoringRequestMatchers(SHOWS_API_KEY))
        .requestCache(cache -> cache.disable())
        .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .addFilterAfter(new StaffStillHereFilter(directory), SecurityContextHolderFilter.class)
        .addFilterAfter(new ApiKeyFilter(keys, refusals.notSignedIn()), StaffStillHereFilter.class)
        .exceptionHandling(
            handling ->
                handling
                    .authenticationEntryPoint(refusals.notSignedIn())
                    .accessDeniedHandler(refusals.forbidden()))
        .build();
  }

  /**
   * Cockpit, Tasklist and Admin on the console's session. They bring their own CSRF token and
   * security headers; the engine's authorizations decide within.
   */
  @Bean
  @Order(3)
  SecurityFilterChain engineApplications(HttpSecurity http) throws Exception {
    return http.securityMatcher(under("/camunda"))
        .authorizeHttpRequests(
            requests -> requests.anyRequest().hasAnyRole(names(Room.ENGINE_USERS)))
        .csrf(csrf -> csrf.disable())
        .headers(headers -> headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::sameOrigin))
        .addFilterAfter(new StaffStillHereFilter(directory), SecurityContextHolderFilter.class)
        .exceptionHandling(handling -> handling.authenticationEntryPoint(new SignInPageEntry()))
        .build();
  }

  /** The engine's REST interface: the console's session with its CSRF token, or HTTP Basic. */
  @Bean
  @Order(4)
  SecurityFilterChain engineRest(HttpSecurity http) throws Exception {
    return http.securityMatcher(under("/engine-rest"))
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .httpBasic(basic -> basic.authenticationEntryPoint(refusals.notSignedIn()))
        .csrf(csrf -> csrf.ignoringRequestMatchers(SHOWS_BASIC))
        .requestCache(cache -> cache.disable())
        .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .addFilterAfter(new StaffStillHereFilter(directory), SecurityContextHolderFilter.class)
        .exceptionHandling(
            handling ->
                handling
                    .authenticationEntryPoint(refusals.notSignedIn())
                    .accessDeniedHandler(refusals.forbidden()))
        .build();
  }

  /** The console: every page belongs to a room, and what belongs to none is closed. */
  @Bean
  @Order(5)
  SecurityFilterChain consolePages(HttpSecurity http) throws Exception {
    var afterSignIn = new HttpSessionRequestCache();
    afterSignIn.setRequestMatcher(ConsoleSecurity::isPage);
    return http.authorizeHttpRequests(
            requests -> {
              requests.requestMatchers("/login", "/error").permitAll();
              requests
                  .requestMatchers("/actuator/**")
                  .hasAnyRole(Role.OPERATOR.name(), Role.ADMINISTRATOR.name());
              requests
                  .requestMatchers(
                      HttpMethod.POST,
                      "/templates/*/*/withdraw",
                      "/tags/*/privacy",
                      "/tags/*/approve",
                      "/models/churn/*/approve",
                      "/models/churn/*/end",
                      "/investors/*/decide",
                      "/impact/*/approve",
                      "/impact/*/reject",
                      "/abuse/*/decide")
                  .hasRole(Role.COMPLIANCE.name());
              requests
                  .requestMatchers("/templates/-/**", "/templates/*/edit")
                  .hasRole(Role.MARKETER.name());
              requests.requestMatchers(HttpMethod.POST, "/tags/**").hasRole(Role.MARKETER.name());
              requests
                  .requestMatchers(HttpMethod.POST, "/rules/scan")
                  .hasAnyRole(names(Room.RULES.roles()));
              requests
                  .requestMatchers(HttpMethod.POST, "/rules/**")
                  .hasRole(Role.COMPLIANCE.name());
              requests.requestMatchers("/journeys/upload").hasRole(Role.MARKETER.name());
              requests
                  .requestMatchers(
                      HttpMethod.POST,
                      "/journeys/drawings/*/comments/**",
                      "/journeys/drawings/*/check",
                      "/journeys/drawings/*/words")
                  .hasAnyRole(names(Room.DRAWINGS.roles()));
              requests
                  .requestMatchers(HttpMethod.POST, "/journeys/drawings/**")
                  .hasRole(Role.MARKETER.name());
              requests
                  .requestMatchers(
                      HttpMethod.POST,
                      "/journeys/*/migrations/*/approve",
                      "/journeys/*/migrations/*/reject")
                  .hasRole(Role.COMPLIANCE.name());
              requests
                  .requestMatchers(HttpMethod.POST, "/journeys/*/migrations/*/stop")
                  .hasAnyRole(names(Room.JOURNEYS.roles()));
              requests
                  .requestMatchers(
                      HttpMethod.POST, "/journeys/*/migrations/**", "/journeys/people/**")
                  .hasAnyRole(Role.MARKETER.name(), Role.OPERATOR.name());
              Stream.of(Room.values())
                  .filter(room -> !room.outside())
                  .forEach(
                      room ->
                          requests
                              .requestMatchers(room.patterns())
                              .hasAnyRole(names(room.roles())));
              requests.anyRequest().denyAll();
            })
        .formLogin(
            form ->
                form.loginPage("/login")
                    .failureHandler(new SignInFailure())
                    .defaultSuccessUrl("/", false))
        .logout(logout -> logout.logoutUrl("/logout").logoutSuccessUrl("/login?out"))
        .requestCache(cache -> cache.requestCache(afterSignIn))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                    .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
        .addFilterAfter(new StaffStillHereFilter(directory), SecurityContextHolderFilter.class)
        .exceptionHandling(
            handling ->
                handling
                    .authenticationEntryPoint(new SignInPageEntry())
                    .accessDeniedHandler(new AccessDeniedHandlerImpl()))
        .build();
  }

  /**
   * Everything below a path, whichever servlet serves it: pattern matchers see only what is mapped
   * to Spring's own servlet, and the engine brings servlets of its own.
   */
  private static RequestMatcher under(String prefix) {
    return request -> {
      String path = request.getServletPath() + Objects.toString(request.getPathInfo(), "");
      return path.equals(prefix) || path.startsWith(prefix + "/");
    };
  }

  /** Only a page somebody can look at is worth returning to after sign-in. */
  private static boolean isPage(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return request.getMethod().equals(HttpMethod.GET.name())
        && request.getHeader("HX-Request") == null
        && accept != null
        && accept.contains("text/html");
  }

  private static boolean startsWithBasic(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, "Basic ", 0, 6);
  }

  private static String[] names(Collection<Role> roles) {
    return roles.stream().map(Role::name).toArray(String[]::new);
  }

  private static String[] authorities(String scope, Collection<Role> roles) {
    return Stream.concat(Stream.of(scope), roles.stream().map(role -> "ROLE_" + role.name()))
        .toArray(String[]::new);
  }
}
