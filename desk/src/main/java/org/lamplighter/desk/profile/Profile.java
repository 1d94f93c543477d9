package org.lamplighter.desk.profile;

import java.util.Map;
import java.util.Optional;
import org.lamplighter.client.Route;
import org.lamplighter.client.StationAddress;
import org.lamplighter.core.journalist.JournalistKeys;
import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.ByteReader;
import org.lamplighter.core.wire.ByteWriter;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;
import org.lamplighter.desk.vault.Vault;
import org.lamplighter.desk.vault.VaultException;

/**
 * A journalist's name and long-term secrets, and the newsroom and station that were named when the folder was made. Never
 * printed; wiped on close.
 *
 * @param newsroom the key that is pinned: nothing else vouches for a station
 * @param route the station and the way to it
 */
public record Profile(PersonName name, JournalistKeys keys, NewsroomKey newsroom, Route route) implements AutoCloseable {
    private static final String IDENTITY = "identity";
    private static final String STATION = "station";
    private static final int VERSION = 1;
    private static final int MAX_LINE = 1024;

    /** The entries of a new vault that hold this. */
    public Map<String, byte[]> entries() {
        ByteWriter identity = new ByteWriter().u8(VERSION).text16(name.text());
        try (SecretBytes secrets = keys.toSecretBytes()) {
            secrets.use(identity::bytes);
        }
        byte[] station = new ByteWriter()
                .u8(VERSION)
                .text16(newsroom.format())
                .text16(route.station().toString())
                .text16(route.proxy().map(Object::toString).orElse("none"))
                .toByteArray();
        return Map.of(IDENTITY, identity.toByteArray(), STATION, station);
    }

    /** Reads what {@link #entries} wrote. */
    public static Profile load(Vault vault) throws VaultException, MalformedException {
        ByteReader identity = ByteReader.of(required(vault, IDENTITY), IDENTITY);
        identity.version(VERSION);
        PersonName name = PersonName.parse(identity.text16(MAX_LINE));
        ByteReader station = ByteReader.of(required(vault, STATION), STATION);
        station.version(VERSION);
        NewsroomKey newsroom = NewsroomKey.parse(station.text16(MAX_LINE));
        StationAddress address = StationAddress.parse(station.text16(MAX_LINE));
        Route route = Route.of(address, Optional.of(station.text16(MAX_LINE)));
        station.end();
        try (SecretBytes secrets = SecretBytes.takeOver(identity.bytes(JournalistKeys.BYTES))) {
            identity.end();
            return new Profile(name, JournalistKeys.parse(secrets), newsroom, route);
        }
    }

    @Override
    public void close() {
        keys.close();
    }

    @Override
    public String toString() {
        return "Profile[REDACTED]";
    }

    private static byte[] required(Vault vault, String name) throws VaultException, MalformedException {
        return vault.get(name)
                .orElseThrow(() -> new MalformedException(Reason.TRUNCATED, "the vault has no entry " + name));
    }
}
