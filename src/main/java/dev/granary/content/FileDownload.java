package dev.granary.content;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Sends content that users uploaded, as it is, from this server's own address. Whatever it holds, a browser that opens
 * it must run none of it: the type is told by the content and never one that has scripts, and the policy shuts it in.
 */
public final class FileDownload {
    private static final String POLICY = "sandbox; default-src 'none'";
    private static final int BUFFER = 32 * 1024;

    /** What would end the header, lead out of the folder, or make the name look like another. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}/\\\\:*?\"<>|]");

    private FileDownload() {}

    /** The bytes asked for, both ends included. */
    private record Part(long first, long last) {}

    /**
     * Answers with a file: whole, a part of it, or that the client has it already.
     *
     * @param save whether a browser is to keep it as a file whatever it is
     */
    public static void send(HttpServletRequest request, HttpServletResponse response, StoredFile file, boolean save)
            throws IOException {
        try (file) {
            protect(response, file.name(), save || file.kind().mediaType().equals("application/octet-stream"));
            var tag = '"' + file.blobId() + '"';
            if (new ServletWebRequest(request, response).checkNotModified(tag)) {
                return;
            }
            response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
            response.setContentType(file.kind().mediaType());
            var part = part(request, response, file.size(), tag);
            if (part != null) {
                response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
                response.setHeader(
                        HttpHeaders.CONTENT_RANGE, "bytes " + part.first + "-" + part.last + "/" + file.size());
            }
            var first = part == null ? 0 : part.first;
            copy(response, file, first, part == null ? file.size() : part.last - first + 1);
        }
    }

    /** Answers with an archive, which is packed while it is sent, or that the client has it already. */
    public static void send(HttpServletRequest request, HttpServletResponse response, Archive archive)
            throws IOException {
        try (archive) {
            protect(response, archive.fileName(), true);
            if (!new ServletWebRequest(request, response).checkNotModified(archive.tag())) {
                response.setContentType(archive.format().mediaType());
                archive.writeTo(response.getOutputStream());
            }
        }
    }

    /** Headers that hold for everything of this kind; clients ask each time whether what they kept is still so. */
    private static void protect(HttpServletResponse response, String name, boolean save) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        var disposition = save ? ContentDisposition.attachment() : ContentDisposition.inline();
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                disposition
                        .filename(UNSAFE.matcher(name).replaceAll("_"), StandardCharsets.UTF_8)
                        .build()
                        .toString());
    }

    /** Null for the whole: also for several parts, which a server may leave alone. */
    private static @Nullable Part part(
            HttpServletRequest request, HttpServletResponse response, long size, String tag) {
        var condition = request.getHeader(HttpHeaders.IF_RANGE);
        var header = request.getHeader(HttpHeaders.RANGE);
        if (header == null || condition != null && !condition.equals(tag)) {
            return null;
        }
        try {
            var ranges = HttpRange.parseRanges(header);
            if (ranges.size() != 1) {
                return null;
            }
            var first = ranges.getFirst().getRangeStart(size);
            if (first >= size) {
                response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
                throw new Problem(ErrorCode.RANGE_NOT_SATISFIABLE, Long.toString(size));
            }
            return new Part(first, ranges.getFirst().getRangeEnd(size));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void copy(HttpServletResponse response, StoredFile file, long first, long length)
            throws IOException {
        response.setContentLengthLong(length);
        var out = response.getOutputStream();
        try (var in = file.from(first)) {
            var buffer = new byte[BUFFER];
            for (var left = length; left > 0; ) {
                var read = in.readNBytes(buffer, 0, (int) Math.min(left, BUFFER));
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }
}
