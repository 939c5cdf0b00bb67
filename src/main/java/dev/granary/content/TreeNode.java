package dev.granary.content;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a tree of folders of which those on the way to a file are open.
 *
 * @param type {@code blob}, {@code tree} or {@code commit}
 * @param level how deep it is; 1 for what is in the root
 * @param isShownDropDown whether it is an open folder, whose entries are the children
 * @param folder whether it is a closed folder
 * @param children empty for all but open folders
 * @param submoduleLink where to clone a submodule from; null for others
 */
record TreeNode(
        String id,
        String name,
        String type,
        String path,
        int level,
        @JsonProperty("isShownDropDown") boolean isShownDropDown,
        boolean folder,
        List<TreeNode> children,
        @Nullable String submoduleLink) {}
