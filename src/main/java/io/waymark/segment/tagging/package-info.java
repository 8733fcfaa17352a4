/**
 * Tags that are computed by rules of the audience language: what a rule text means, trying it out,
 * switching it on with a second person where the tag is not public, and computing it. No tag from
 * outside is touched and no audience is known here. Definitions come from {@link
 * io.waymark.customer.tag.TagRegistry}, values go out through {@link
 * io.waymark.customer.tag.TagWriter}.
 */
@NullMarked
package io.waymark.segment.tagging;

import org.jspecify.annotations.NullMarked;
