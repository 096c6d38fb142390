// The program is the README's, so that it cannot rot: the first Java block after the marker.
def readme = new File(basedir, '../../../../README.md').getCanonicalFile()
def example = readme.getText('UTF-8') =~ /(?s)<!-- example -->.*?```java\r?\n(.*?)```/
assert example.find(): "$readme: no Java block after <!-- example -->"
def code = example.group(1)
def name = (code =~ /\bclass (\w+)/)
assert name.find(): "$readme: the example is no class"
def source = new File(basedir, "src/main/java/${name.group(1)}.java")
source.parentFile.mkdirs()
source.setText(code, 'UTF-8')
def pom = new File(basedir, 'pom.xml')
pom.setText(pom.getText('UTF-8').replace('classname="Example"', "classname=\"${name.group(1)}\""), 'UTF-8')
