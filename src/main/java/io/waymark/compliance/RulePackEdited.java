package io.waymark.compliance;

/**
 * Somebody changes a draft; published before the row changes, so that whoever reads the draft for
 * an approval is locked before it.
 *
 * @param version of the draft
 * @param editor user name of who changes it
 */
public record RulePackEdited(String version, String editor) {}
