package org.lamplighter.e2e.packaging;

import java.util.List;

/** What the unit of the station must say, so that it has one folder, one socket and nothing else. */
final class UnitFile {
    private static final List<String> REQUIRED = List.of(
            "User=lamplighter",
            "StateDirectory=lamplighter",
            "StateDirectoryMode=0700",
            "RuntimeDirectory=lamplighter",
            "RuntimeDirectoryMode=0750",
            "UMask=0077",
            "RestrictAddressFamilies=AF_UNIX",
            "IPAddressDeny=any",
            "PrivateNetwork=yes",
            "ProtectSystem=strict",
            "ProtectHome=yes",
            "PrivateTmp=yes",
            "PrivateDevices=yes",
            "ProtectProc=invisible",
            "ProtectClock=yes",
            "ProtectHostname=yes",
            "ProtectKernelTunables=yes",
            "ProtectKernelModules=yes",
            "ProtectKernelLogs=yes",
            "ProtectControlGroups=yes",
            "RestrictNamespaces=yes",
            "RestrictSUIDSGID=yes",
            "LockPersonality=yes",
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=",
            "SystemCallArchitectures=native",
            "SystemCallFilter=@system-service",
            "SystemCallFilter=~@privileged @resources",
            "LimitCORE=0",
            "LimitNOFILE=65536",
            "StandardOutput=append:/var/log/lamplighter/station.log",
            "StandardError=append:/var/log/lamplighter/station.log");

    private UnitFile() {}

    /** Directives that the text of a unit lacks, each as a whole line of it; comments do not count. */
    static List<String> missing(String unit) {
        List<String> lines = unit.lines().map(String::strip).toList();
        return REQUIRED.stream().filter(line -> !lines.contains(line)).toList();
    }

    static List<String> required() {
        return REQUIRED;
    }
}
