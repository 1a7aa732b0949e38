"""People: Cognito as the issuer of tokens, with a client for machines; any other OIDC issuer does as well."""

from dataclasses import dataclass

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_cognito as cognito

from stacks.stage import Stage

SERVER = "treadle"
SCOPES = {
    "predict": "ask models, and tell them what came of it",
    "read": "look at everything",
    "operate": "upload, train, promote, roll back, retire",
    "register": "upload what versions are made of",
    "promote": "promote, roll back, retire and restore versions",
    "approve": "approve or reject what waits for approval",
    "purge": "erase what has left",
    "admin": "change specs, purge",
}


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs tokens, and for which client."""

    url: str
    client_id: str


def people(stack: Stack, stage: Stage) -> Issuer:
    """The pool, its scopes, the address where tokens are given out, and the client that programs use."""
    pool = _pool(stack, stage)
    scopes = [cognito.ResourceServerScope(scope_name=name, scope_description=why) for name, why in SCOPES.items()]
    server = pool.add_resource_server("Api", identifier=SERVER, scopes=scopes)
    prefix = f"treadle-{stage.stage}-{stack.account}"
    pool.add_domain("Domain", cognito_domain=cognito.CognitoDomainOptions(domain_prefix=prefix))
    machine = pool.add_client(
        "Machine",
        generate_secret=True,
        o_auth=cognito.OAuthSettings(
            flows=cognito.OAuthFlows(client_credentials=True),
            scopes=[cognito.OAuthScope.resource_server(server, scope) for scope in scopes],
        ),
    )
    CfnOutput(stack, "UserPoolId", value=pool.user_pool_id)
    CfnOutput(stack, "ClientId", value=machine.user_pool_client_id)
    return Issuer(pool.user_pool_provider_url, machine.user_pool_client_id)


def _pool(stack: Stack, stage: Stage) -> cognito.UserPool:
    return cognito.UserPool(
        stack,
        "People",
        self_sign_up_enabled=False,
        mfa=cognito.Mfa.REQUIRED,
        mfa_second_factor=cognito.MfaSecondFactor(sms=False, otp=True),
        password_policy=cognito.PasswordPolicy(
            min_length=14, require_digits=True, require_lowercase=True, require_symbols=True, require_uppercase=True
        ),
        account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
        feature_plan=cognito.FeaturePlan.ESSENTIALS,
        deletion_protection=stage.protected,
        removal_policy=stage.removal,
    )
