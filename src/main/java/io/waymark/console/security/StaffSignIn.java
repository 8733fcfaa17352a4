package io.waymark.console.security;

import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Checks a user name and password against the staff directory, for the form and for HTTP Basic. */
@Component
class StaffSignIn implements AuthenticationProvider {

  private final StaffDirectory directory;
  private final PasswordEncoder encoder;
  private final SignInThrottle throttle;
  private final String nobodysHash;

  StaffSignIn(StaffDirectory directory, PasswordEncoder encoder, SignInThrottle throttle) {
    this.directory = directory;
    this.encoder = encoder;
    this.throttle = throttle;
    this.nobodysHash = encoder.encode("nobody's password");
  }

  @Override
  public Authentication authenticate(Authentication request) {
    String username = request.getName();
    String address =
        request.getDetails() instanceof WebAuthenticationDetails details
            ? details.getRemoteAddress()
            : "";
    if (throttle.refuses(username, address)) {
      throw new LockedException("too many failures");
    }
    StaffMember member = checked(username, String.valueOf(request.getCredentials()), address);
    throttle.succeeded(username, address);
    if (!member.enabled()) {
      throw new DisabledException("disabled");
    }
    return SignedInStaff.authentication(member, request.getDetails());
  }

  private StaffMember checked(String username, String password, String address) {
    // An unknown name costs as much time as a wrong password, so that names cannot be told apart.
    String hash = directory.passwordHash(username).orElse(nobodysHash);
    boolean right = encoder.matches(password, hash);
    var member = directory.find(username);
    if (!right || hash.equals(nobodysHash) || member.isEmpty()) {
      throttle.failed(username, address);
      throw new BadCredentialsException("wrong user name or password");
    }
    return member.get();
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }
}
