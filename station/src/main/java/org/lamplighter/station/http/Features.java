package org.lamplighter.station.http;

import org.lamplighter.core.newsroom.NewsroomKey;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.station.chunks.ChunkShelf;
import org.lamplighter.station.collect.ChunkList;
import org.lamplighter.station.epoch.PublishedEpochs;
import org.lamplighter.station.keys.NewsroomDocuments;
import org.lamplighter.station.keys.PrekeyIntake;
import org.lamplighter.station.mailbox.Intake;

/** What the routes lead to. */
public record Features(
        NewsroomKey newsroom,
        StationKey key,
        NewsroomDocuments documents,
        PublishedEpochs epochs,
        Intake intake,
        PrekeyIntake prekeys,
        ChunkShelf chunks,
        ChunkList chunkList) {}
