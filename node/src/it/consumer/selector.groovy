// Nothing to run before there is an example.
return new File(basedir, '../../../../README.md').canonicalFile.exists()
