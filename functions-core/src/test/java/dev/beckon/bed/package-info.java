/** The test bed: the real classes on a database in memory, with a clock and a vendor to steer. */
package dev.beckon.bed;
