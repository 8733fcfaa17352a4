package io.waymark.compliance;

/**
 * A statement a text must carry and does not.
 *
 * @param code stable code, e.g. {@code risk_warning}
 * @param title Chinese name of the element
 * @param basis keys of the articles, or {@code house_policy}
 * @param housePolicy true when no law but our own policy asks for it
 * @param example Chinese wording that fulfils it
 */
public record MissingElement(
    String code, String title, String basis, boolean housePolicy, String example) {}
