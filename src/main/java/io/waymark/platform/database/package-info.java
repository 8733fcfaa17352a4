/**
 * The database as the application finds it: the embedded PostgreSQL of a developer's machine and
 * the monthly partitions. Tables belong to the packages that own their facts, not to this one.
 */
@NullMarked
package io.waymark.platform.database;

import org.jspecify.annotations.NullMarked;
