/** Entry point of the journalist's application; the commands are in the package command. */
package org.lamplighter.desk;
