package io.waymark.content;

import java.time.Instant;

/**
 * The end of a review that went well. The database asks for the review itself: without an approved
 * one of this number and hash nothing comes into force.
 *
 * @param number under which the review is filed
 * @param by user name of whoever decided last
 * @param until when the approval ends (exclusive)
 */
public record Approval(String number, String by, Instant until) {}
