/** The pages of one repository: files and their history. */
@NullMarked
package dev.granary.ui.repository;

import org.jspecify.annotations.NullMarked;
