/**
 * The strong store in one SQLite file, in WAL mode with {@code synchronous=FULL}: every commit is forced to disk.
 *
 * <p>Start with {@link org.lamplighter.station.store.sqlite.SqliteStore}. Plain JDBC: some thirty statements, each used in one
 * place. May use the contract and {@code durable}, and no other package of this module.
 */
package org.lamplighter.station.store.sqlite;
