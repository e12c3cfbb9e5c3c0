# Builds the program for Windows, signs it, and makes its installer. NOT RUN YET: written against the documentation
# of PyInstaller 6.22, Inno Setup 6 and signtool, on a machine without Windows. docs/packaging.md says what is open.
#
#   powershell -ExecutionPolicy Bypass -File packaging\windows\build.ps1 [-Certificate THUMBPRINT] [-Timestamp URL]
#
# Needs: Python 3.11 (64 bit) as py -3.11, Inno Setup 6 (iscc) on the path; for signing signtool of the Windows SDK
# and a code-signing certificate in the store of whoever builds. Without -Certificate nothing is signed, and the
# script says so at the end.
param(
    [string]$Certificate = "",
    [string]$Timestamp = ""
)
$ErrorActionPreference = "Stop"
Set-StrictMode -Version Latest
Set-Location (Join-Path $PSScriptRoot "..\..")

function Invoke-Checked([string]$What, [scriptblock]$Command) {
    & $Command
    if ($LASTEXITCODE -ne 0) { throw "$What failed with $LASTEXITCODE" }
}

# a fresh environment with what the lock names, and nothing from a developer's own
$venv = "build\venv-windows"
if (Test-Path $venv) { Remove-Item -Recurse -Force $venv }
Invoke-Checked "venv" { py -3.11 -m venv $venv }
$python = Join-Path $venv "Scripts\python.exe"
Invoke-Checked "packages" {
    & $python -m pip install --quiet --require-hashes -r requirements\build.txt -r requirements\dev.txt
}
Invoke-Checked "the package itself" {
    & $python -m pip install --quiet --no-deps --no-build-isolation --editable .
}
Get-ChildItem resources\translations -Recurse -Filter crfapp.po | ForEach-Object {
    $compiled = $_.FullName -replace '\.po$', '.mo'
    Invoke-Checked "catalogue" { & "$venv\Scripts\pybabel.exe" --quiet compile --input-file $_.FullName --output-file $compiled }
}

$version = (& $python -c "import crfapp; print(crfapp.__version__)").Trim()
$numbers = ($version -split '[^0-9]+' | Where-Object { $_ -ne "" }) + @("0", "0", "0", "0")
$four = ($numbers[0..3]) -join ", "
(Get-Content packaging\windows\version-info.in -Raw) -replace '@FOUR@', $four -replace '@VERSION@', $version |
    Set-Content -Encoding UTF8 build\version-info.txt

$env:CRFAPP_VERSION_INFO = (Resolve-Path build\version-info.txt).Path
Invoke-Checked "build" { & $python -m tools.bundle }

function Protect-File([string]$Path) {
    if ($Certificate -eq "") { return }
    $words = @("sign", "/fd", "SHA256", "/sha1", $Certificate)
    if ($Timestamp -ne "") { $words += @("/tr", $Timestamp, "/td", "SHA256") }
    Invoke-Checked "signing $Path" { signtool @words $Path }
    Invoke-Checked "verifying $Path" { signtool verify /pa $Path }
}

# signing changes the starter: the sums are written anew behind it
Protect-File "dist\crfapp\crfapp.exe"
Invoke-Checked "sums" {
    & $python -c "from pathlib import Path; from crfapp.qualify.files import MANIFEST, manifest_of; f = Path('dist/crfapp'); (f / MANIFEST).write_text(manifest_of(f), encoding='utf-8', newline='\n')"
}

# the built program proves itself before it is packed; a failed line stops here
Invoke-Checked "qualification of the installation" { & dist\crfapp\crfapp.exe qualify --installation --out build\qualification }
Invoke-Checked "qualification of the operation" { & dist\crfapp\crfapp.exe qualify --operation --out build\qualification }

Invoke-Checked "installer" { iscc /Qp "/DVersion=$version" packaging\windows\crfapp.iss }
$setup = "dist\crfapp-$version-windows-x86_64-setup.exe"
Protect-File $setup
$digest = (Get-FileHash $setup -Algorithm SHA256).Hash.ToLower()
"$digest  $(Split-Path $setup -Leaf)" | Set-Content -Encoding ASCII "$setup.sha256"
Write-Output "$setup"
Write-Output "SHA-256 $digest"
if ($Certificate -eq "") { Write-Output "Not signed: Windows will warn whoever starts it. See docs/packaging.md." }
