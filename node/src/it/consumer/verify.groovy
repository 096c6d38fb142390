// It ran to its end, or antrun would have failed; and it had something to say.
def output = new File(basedir, 'target/run/output.txt')
assert !output.getText('UTF-8').isBlank(): "$output is empty"
