package io.waymark.console;

import io.waymark.contact.link.FollowedLinks;
import io.waymark.contact.link.Visit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;

/** Where the links and pictures in messages lead; open to everybody, told to nobody. */
@Controller
class LinkDoors {

  private static final byte[] PICTURE =
      Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

  private final FollowedLinks links;

  LinkDoors(FollowedLinks links) {
    this.links = links;
  }

  @GetMapping("/l/{token}")
  String follow(
      @PathVariable String token,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Optional<URI> target = links.follow(token, visit(request));
    // Kept by no cache: the next one who follows it must come by here as well.
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader("Referrer-Policy", "no-referrer");
    if (target.isPresent()) {
      response.setStatus(HttpStatus.FOUND.value());
      response.setHeader(HttpHeaders.LOCATION, target.get().toString());
      return "link";
    }
    response.setStatus(HttpStatus.NOT_FOUND.value());
    return "link";
  }

  @GetMapping("/o/{token}")
  @ResponseBody
  ResponseEntity<byte[]> see(@PathVariable String token, HttpServletRequest request) {
    links.see(token, visit(request));
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_GIF)
        .cacheControl(CacheControl.noStore())
        .body(PICTURE);
  }

  private static Visit visit(HttpServletRequest request) {
    Map<String, String> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name, request.getHeader(name));
    }
    return new Visit(request.getMethod(), headers);
  }
}
