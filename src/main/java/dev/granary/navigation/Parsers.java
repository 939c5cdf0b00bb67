package dev.granary.navigation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.navigation.ParserWorker.UnavailableException;
import dev.granary.storage.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Parses texts in a few processes that are started when they are needed. */
@Component
class Parsers implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(Parsers.class);
    private static final int MOST_PROCESSES = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);
    private static final long PATIENCE_SECONDS = 20;
    private static final int MOST_HOPELESS = 10_000;
    /** A machine that was busy may do better later. */
    private static final Duration HOPELESS_FOR = Duration.ofHours(1);

    private final NativeLibraries libraries;
    private final Path temporary;
    private final Semaphore turns = new Semaphore(MOST_PROCESSES, true);
    private final ConcurrentLinkedDeque<ParserWorker> waiting = new ConcurrentLinkedDeque<>();
    private final Set<ParserWorker> all = ConcurrentHashMap.newKeySet();
    private final Cache<Text, Boolean> hopeless = Caffeine.newBuilder()
            .maximumSize(MOST_HOPELESS)
            .expireAfterWrite(HOPELESS_FOR)
            .build();
    private volatile boolean stopping;

    Parsers(NativeLibraries libraries, DataFolder data) {
        this.libraries = libraries;
        this.temporary = data.tmp();
    }

    private record Text(SourceLanguage language, ObjectId content) {
        static Text of(SourceLanguage language, byte[] bytes) {
            try (var ids = new ObjectInserter.Formatter()) {
                return new Text(language, ids.idFor(Constants.OBJ_BLOB, bytes));
            }
        }
    }

    /**
     * What a text defines, and where it uses a name; empty when that takes too long, too much memory, or breaks the parser,
     * now or a while ago.
     *
     * @param text in UTF-8
     * @param name in UTF-8; empty for none
     * @throws Problem {@link ErrorCode#NAVIGATION_UNAVAILABLE} on machines that the parsers do not run on;
     *     {@link ErrorCode#BUSY}
     */
    Optional<Findings> parse(SourceLanguage language, byte[] text, byte[] name) {
        var known = Text.of(language, text);
        if (hopeless.getIfPresent(known) != null) {
            return Optional.empty();
        }
        var turn = false;
        try {
            turn = turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!turn || stopping) {
                throw new Problem(ErrorCode.BUSY);
            }
            libraries.provide(language);
            var findings = ask(language, text, name);
            if (findings.isEmpty() && !stopping) {
                hopeless.put(known, true);
            }
            return findings;
        } catch (UnavailableException e) {
            log.warn("Code navigation does not work on this machine: {}", e.getMessage());
            throw new Problem(ErrorCode.NAVIGATION_UNAVAILABLE);
        } catch (IOException e) {
            log.warn("No process for parsing can be started: {}", e.toString());
            throw new Problem(ErrorCode.NAVIGATION_UNAVAILABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ErrorCode.BUSY);
        } finally {
            if (turn) {
                turns.release();
            }
        }
    }

    private Optional<Findings> ask(SourceLanguage language, byte[] text, byte[] name) throws IOException {
        while (true) {
            var worker = worker();
            try {
                var findings = worker.ask(language, text, name);
                waiting.push(worker);
                return Optional.of(findings);
            } catch (UnavailableException e) {
                close(worker);
                throw e;
            } catch (IOException e) {
                var again = worker.hasAnswered() && !worker.endedByLimits() && !stopping;
                close(worker);
                if (!again) {
                    log.info("A parser for {} gave up on a text of {} bytes", language.shownName(), text.length);
                    return Optional.empty();
                }
            }
        }
    }

    private ParserWorker worker() throws IOException {
        for (var worker = waiting.poll(); worker != null; worker = waiting.poll()) {
            if (worker.isAlive()) {
                return worker;
            }
            close(worker);
        }
        var started = ParserWorker.start(libraries.folder(), temporary);
        all.add(started);
        return started;
    }

    private void close(ParserWorker worker) {
        all.remove(worker);
        worker.close();
    }

    @Override
    public void destroy() {
        stopping = true;
        all.forEach(this::close);
    }
}
