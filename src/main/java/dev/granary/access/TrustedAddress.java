package dev.granary.access;

import dev.granary.kernel.AddressRange;
import dev.granary.kernel.Caller.Grant;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Addresses from which a repository, or every one, may be used. Times are epoch milliseconds.
 *
 * @param repositoryId null: an entry of the account, which is about all repositories
 * @param userId who added it; null for nobody known
 * @param ipType how they are written: {@link #SINGLE}, {@link #BETWEEN} or {@link #NETWORK}
 * @param ipStart the address, the first of several, or the network
 * @param ipEnd the last of several; otherwise empty
 * @param viewFlag whether the repository may be seen from there
 * @param downloadFlag whether it may be cloned and downloaded
 * @param uploadFlag whether it may be changed
 */
record TrustedAddress(
        long id,
        @Nullable Long repositoryId,
        @Nullable Long userId,
        int ipType,
        String ipStart,
        String ipEnd,
        boolean viewFlag,
        boolean downloadFlag,
        boolean uploadFlag,
        String remark,
        long createdAt,
        long updatedAt) {
    static final int SINGLE = 0;
    static final int BETWEEN = 1;
    static final int NETWORK = 2;

    /** What is done with a repository. */
    enum Use {
        VIEW,
        DOWNLOAD,
        UPLOAD;

        private static final Set<Permission> DOWNLOADS = EnumSet.of(Permission.DOWNLOAD, Permission.FORK);

        /** What the permission is for: all that moves refs is an upload, and all the rest is to see the repository. */
        static Use of(Permission permission) {
            if (permission.grant() == Grant.WRITE_REPOSITORY || permission == Permission.MERGE_REQUEST_MERGE) {
                return UPLOAD;
            }
            return DOWNLOADS.contains(permission) ? DOWNLOAD : VIEW;
        }
    }

    /** Checks the addresses. */
    AddressRange range() {
        return switch (ipType) {
            case SINGLE -> AddressRange.single("ip_start", ipStart);
            case BETWEEN -> AddressRange.between("ip_start", ipStart, "ip_end", ipEnd);
            case NETWORK -> AddressRange.network("ip_start", ipStart);
            default -> throw new IllegalStateException("An entry of type " + ipType);
        };
    }

    /** The addresses in one text. */
    String text() {
        return ipType == BETWEEN ? ipStart + "-" + ipEnd : ipStart;
    }

    boolean allows(InetAddress address, Use use) {
        var allowed = switch (use) {
            case VIEW -> viewFlag;
            case DOWNLOAD -> downloadFlag;
            case UPLOAD -> uploadFlag;
        };
        return allowed && range().contains(address);
    }
}
