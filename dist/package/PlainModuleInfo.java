import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes module-info.class, the only argument, again with nothing but the module in it. The Java that Maven runs on puts the
 * list of packages into it, each version in an order of its own; {@code jar} adds it again. For package.sh.
 */
final class PlainModuleInfo {
    private PlainModuleInfo() {}

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        ClassModel found = ClassFile.of().parse(file);
        Files.write(file, ClassFile.of().buildModule(found.findAttribute(Attributes.module()).orElseThrow()));
    }
}
