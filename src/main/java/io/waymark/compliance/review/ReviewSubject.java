package io.waymark.compliance.review;

/**
 * One version of something that is reviewed.
 *
 * @param id of the version in the table of its owner
 * @param code name that all its versions share; at most one of them is under review at a time
 * @param version as people read it, e.g. {@code 3}
 * @param hash SHA-256 (hex) of all that an approval is bound to
 * @param author user name of whoever wrote it, or of the folder it came from
 * @param open whether it is still undecided
 * @param latest whether no newer version of the code exists
 */
public record ReviewSubject(
    SubjectKind kind,
    String id,
    String code,
    String version,
    String title,
    String hash,
    String author,
    boolean open,
    boolean latest) {}
